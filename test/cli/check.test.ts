import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-comment-check-'));
  cpSync('examples/brightloom', folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function replace(file: string, find: string, put: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(find);
  writeFileSync(join(folder, file), text.replace(find, put));
}

test('check of the example finds no mistake, says what it holds, and which texts nobody approved', async () => {
  const { code, stdout } = await runCli(['check'], {});
  expect(code).toBe(0);
  expect(stdout).toMatch(/Brightloom: no mistakes in .*examples\/brightloom\./);
  expect(stdout).toMatch(/12 identities · 6 markets · \d+ patterns · \d+ texts, \d+ approved\n/);
  expect(stdout).toContain('\n  launch-offer in pt-PT (link)\n');
});

test('check lists all mistakes of all files by file, each with its place and its mend, and exits with 2', async () => {
  replace('brand.yaml', 'first-in-thread:', 'first-in-tread:');
  replace('links.yaml', 'value: paid', 'value: Paid');
  replace('copy/de-DE.yaml', 'no-link: |-\n      Hier schreibt', 'no-link: |-\n      Hier spricht');
  const { code, stdout } = await runCli(['check', folder], {});
  expect(code).toBe(2);
  const heads = stdout.split('\n').filter((line) => /^\S+\.yaml$/.test(line));
  expect(heads).toEqual(['approvals.yaml', 'brand.yaml', 'links.yaml']);
  expect(stdout).toMatch(
    / {2}mistake {2}brand\.yaml:\d+:5 policy\.severities\.first-in-tread: .*Perhaps "first-in-thread" is meant\./,
  );
  expect(stdout).toMatch(/approvals\.yaml:\d+:11 .* has changed since it was approved/);
  expect(stdout).toMatch(/\n3 mistakes in .*: nothing runs until they are mended\./);
});

test('check as JSON has stable keys, with mistakes and without', async () => {
  const good = await runCli(['check', folder, '--json'], {});
  const keys = ['folder', 'ok', 'brand', 'counts', 'notApproved', 'mistakes', 'warnings'];
  expect(Object.keys(JSON.parse(good.stdout))).toEqual(keys);
  expect(JSON.parse(good.stdout)).toMatchObject({ ok: true, mistakes: [], brand: { id: 'brightloom', name: 'Brightloom' } });
  replace('links.yaml', 'value: paid', 'value: Paid');
  const bad = await runCli(['check', folder, '--json'], {});
  expect(bad.code).toBe(2);
  const said = JSON.parse(bad.stdout);
  expect(Object.keys(said)).toEqual(keys);
  expect(said).toMatchObject({ ok: false, brand: null, counts: null });
  expect(said.mistakes).toEqual([
    {
      file: 'links.yaml',
      line: expect.any(Number),
      column: 12,
      path: 'parameters[1].value',
      problem: '"Paid" has upper-case letters',
      mend: 'write paid',
    },
  ]);
});

test('check of a folder that is not there is one mistake, and an empty one lacks its files', async () => {
  const nowhere = await runCli(['check', '/nowhere/brand'], {});
  expect(nowhere).toMatchObject({
    code: 2,
    stdout: '  mistake  There is no folder /nowhere/brand. Name a folder that holds a brand.yaml.\n',
  });
  rmSync(join(folder, 'copy'), { recursive: true });
  const empty = mkdtempSync(join(folder, 'empty-'));
  const { code, stdout } = await runCli(['check', empty], {});
  expect(code).toBe(2);
  expect(stdout.match(/the file is missing/g)).toHaveLength(7);
});

test('findings go to standard output in plain letters when nobody watches', async () => {
  const { stdout, stderr } = await runCli(['check', folder], {});
  expect(stdout).not.toContain('\u001b');
  expect(stderr).toBe('');
});
