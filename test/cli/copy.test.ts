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
