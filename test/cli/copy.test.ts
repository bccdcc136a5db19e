import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleBrand } from '../helpers/stage.ts';
import { runCli } from './run-cli.ts';

test('copy list prints the hash of every text and who approved it, and asks for nothing but the folder', async () => {
  const { code, stdout } = await runCli(['copy', 'list', '--json'], {});
  expect(code).toBe(0);
  const listed = JSON.parse(stdout) as {
    pattern: string;
    locale: string;
    capability: string;
    hash: string;
    approvedBy: string | null;
  }[];
  expect(listed.map(({ hash }) => hash).sort()).toEqual(
    exampleBrand()
      .copy.map(({ hash }) => hash)
      .sort(),
  );
  const unapproved = listed.filter(({ approvedBy }) => approvedBy === null);
  expect(unapproved).toMatchObject([
    { pattern: 'launch-offer', locale: 'pt-PT', capability: 'link' },
    { pattern: 'launch-offer', locale: 'pt-PT', capability: 'no-link' },
  ]);
});

test('copy list shows a table to people', async () => {
  const { code, stdout } = await runCli(['copy', 'list'], {});
  expect(code).toBe(0);
  expect(stdout).toMatch(/^pattern +locale +capability +version +hash +approved by/);
  expect(stdout).toMatch(/launch-offer +pt-PT +link +1 +[0-9a-f]{64} +nobody/);
});

test('copy list says which file it could not read, and that a text was changed since its approval', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'first-comment-brand-'));
  try {
    cpSync('examples/brightloom', folder, { recursive: true });
    const german = join(folder, 'copy', 'de-DE.yaml');
    writeFileSync(german, readFileSync(german, 'utf8').replace('Hier schreibt', 'Hier spricht'));
    writeFileSync(join(folder, 'copy', 'en-GB.yaml'), 'copy: [');
    const { code, stdout, stderr } = await runCli(['copy', 'list'], { FIRST_COMMENT_BRAND: folder });
    expect(code).toBe(2);
    expect(stdout).toMatch(/de-DE .* nobody: changed since Head of Brand, Brightloom approved it/);
    expect(stderr).toMatch(/copy\/en-GB\.yaml:1:\d+/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('copy list of a folder that is not there is a mistake, not an empty list', async () => {
  const { code, stderr } = await runCli(['copy', 'list'], { FIRST_COMMENT_BRAND: '/nowhere/brand' });
  expect(code).toBe(2);
  expect(stderr).toContain('/nowhere/brand');
});

test('copy list of a folder that is not there says that, and not that each of its files is missing', async () => {
  const { code, stdout, stderr } = await runCli(['copy', 'list'], { FIRST_COMMENT_BRAND: '/nowhere/brand' });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('There is no folder /nowhere/brand. Name a folder that holds a brand.yaml.');
});
