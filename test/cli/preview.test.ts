import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleBrand } from '../helpers/stage.ts';
import { runCli } from './run-cli.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'first-comment-preview-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function brandFolderWith(file: string, find: string, put: string): string {
  const folder = join(place, 'brand');
  cpSync('examples/brightloom', folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(find);
  writeFileSync(join(folder, file), text.replace(find, put));
  return folder;
}

test('preview shows who speaks, the text with the fold in it, the link and the approval', async () => {
  const args = ['preview', '--pattern', 'next-step', '--market', 'en-GB', '--surface', 'facebook-post'];
  const { code, stdout } = await runCli(args, {});
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^next-step · en-GB · Facebook post\n {2}Brightloom UK · approved by Head of Brand, Brightloom on 2026-11-16\n {2}\d+ characters \(1[67]\d without its link\) · a phone cuts at ┊, after about 12\d\n/,
  );
  expect(stdout).toContain('│ Brightloom here. This link opens our UK shop');
  const words = stdout.split('\n').filter((line) => line.startsWith('  │ '));
  const run = words.map((line) => line.slice(4)).join(' ');
  expect(run).toMatch(/ ┊ \w/);
  expect(run.replace(' ┊', '')).toMatch(/^Brightloom here\. This link .* to send it back\. https:\S+fcid=[a-z0-9]{12}$/);
  expect(stdout).toMatch(/link +https:\/\/www\.brightloom\.example\/en-gb\/\?utm_source=facebook&.*fcid=[a-z0-9]{12}\n/);
  expect(stdout).toContain('is an estimate');
  expect(stdout).not.toContain('Instagram media\n');
});

test('preview as JSON holds every pattern in every market on every surface', async () => {
  const { code, stdout } = await runCli(['preview', '--json'], {});
  expect(code).toBe(0);
  const { comments } = JSON.parse(stdout);
  const { markets, patterns } = exampleBrand();
  expect(comments).toHaveLength(markets.length * patterns.length * 2);
  const waiting = comments.filter(({ approval }: { approval: { kind: string } }) => approval.kind === 'none');
  expect(waiting.map(({ pattern, market }: { pattern: string; market: string }) => `${pattern} ${market}`)).toContain(
    'launch-offer pt-PT',
  );
  for (const { text, shown, hidden, link, surface } of comments) {
    expect(shown + hidden).toBe(text);
    expect(link === null).toBe(surface === 'instagram-media');
  }
});

test('preview writes a page that holds itself together', async () => {
  const file = join(place, 'preview.html');
  const { code, stdout } = await runCli(['preview', 'examples/brightloom', '--market', 'fr-FR', '--html', file], {});
  expect(code).toBe(0);
  expect(stdout).toContain(file);
  const page = readFileSync(file, 'utf8');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<img|src=|@import|url\(/);
  expect(page.match(/<article/g)).toHaveLength(exampleBrand().patterns.length * 2);
});

test.each([
  [['--market', 'fr-FT'], /no market "fr-FT": perhaps "fr-FR" is meant/],
  [['--pattern', 'lunch-offer'], /perhaps "launch-offer" is meant/],
  [['--surface', 'facebook'], /no surface "facebook": known here: facebook-post, instagram-media/],
  [['--html', '/nowhere/at/all.html'], /cannot be written to \/nowhere\/at\/all.html \(ENOENT\)/],
])('preview %j is a mistake with its mend', async (args, said) => {
  const { code, stderr } = await runCli(['preview', ...args], {});
  expect(code).toBe(2);
  expect(stderr).toMatch(said);
});

test('an edited text is shown with the mistake above it: it has changed since it was approved', async () => {
  const folder = brandFolderWith('copy/de-DE.yaml', 'no-link: |-\n      Hier schreibt', 'no-link: |-\n      Hier spricht');
  const page = join(place, 'edited.html');
  const only = ['--pattern', 'next-step', '--market', 'de-DE'];
  const [text, json, html] = await Promise.all([
    runCli(['preview', folder, ...only], {}),
    runCli(['preview', folder, '--json', ...only], {}),
    runCli(['preview', folder, '--html', page], {}),
  ]);
  expect([text.code, json.code, html.code]).toEqual([2, 2, 2]);
  expect(text.stdout).toMatch(/^approvals\.yaml\n {2}mistake .* has changed since it was approved\./);
  expect(text.stdout).toMatch(
    /changed since Head of Brand, Brightloom approved it on 2026-11-16: not published\n.*Hier spricht/s,
  );
  const { comments, mistakes } = JSON.parse(json.stdout);
  expect(mistakes).toMatchObject([{ file: 'approvals.yaml' }]);
  expect(comments.map(({ approval }: { approval: { kind: string } }) => approval.kind)).toEqual(['approved', 'changed']);
  expect(readFileSync(page, 'utf8')).toContain('<p class="state changed">');
});

test('a text file that cannot be read takes only its own market out of the preview', async () => {
  const folder = brandFolderWith('copy/de-DE.yaml', 'locale: de-DE', 'locale: [');
  const { code, stdout } = await runCli(['preview', folder, '--json'], {});
  expect(code).toBe(2);
  const markets = JSON.parse(stdout).comments.map(({ market }: { market: string }) => market);
  expect(new Set(markets)).toEqual(new Set(['en-GB', 'fr-FR', 'it-IT', 'es-ES', 'pt-PT']));
});

test('a folder whose texts cannot be made is not previewed: preview says what check says', async () => {
  const folder = brandFolderWith('links.yaml', 'keyParameter: ', 'keyParameter: [');
  const [preview, check] = await Promise.all([runCli(['preview', folder], {}), runCli(['check', folder], {})]);
  expect(preview).toEqual(check);
  expect(check.code).toBe(2);
  expect(check.stdout).toMatch(/mistake {2}links\.yaml:\d+:\d+/);
});

test('a market without an Instagram account says so instead of a text', async () => {
  const account = /\n {2}- platform: meta\n {4}kind: instagram-account\n {4}identityId: "17840000002"(\n {4}.*)*/.exec(
    readFileSync('examples/brightloom/identities.yaml', 'utf8'),
  );
  const folder = brandFolderWith('identities.yaml', account?.[0] ?? 'no such account', '');
  const { code, stdout } = await runCli(['preview', folder, '--market', 'de-DE', '--surface', 'instagram-media'], {});
  expect(code).toBe(0);
  expect(stdout).toContain('No Instagram account speaks for de-DE');
});
