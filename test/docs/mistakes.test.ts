import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadBrand } from '../../config/brand.ts';
import { formatProblem } from '../../config/problem.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The mistakes that docs/configuration.md shows: file, what stands there, what was typed. */
const MISTAKES = [
  ['brand.yaml', 'first-in-thread:', 'first-in-tread:'],
  ['connections.yaml', 'https://graph.facebook.com', 'http://graph.facebook.com'],
  ['copy/en-GB.yaml', '{$returnDays}', '{$returnDay}'],
  ['identities.yaml', 'marketId: en-GB', 'marketId: en-UK'],
  ['links.yaml', 'value: paid', 'value: Paid'],
  ['markets.yaml', 'returnDays:', 'returnDay:'],
] as const;

test('docs/configuration.md shows what a brand folder with mistakes really prints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mistakes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, 'examples/brightloom'), folder, { recursive: true });
  for (const [file, right, wrong] of MISTAKES) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(right);
    writeFileSync(join(folder, file), text.replace(right, wrong));
  }
  const loaded = loadBrand(folder);
  const said = loaded.ok ? [] : loaded.problems.map(formatProblem);
  expect(readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8')).toContain(`\`\`\`\n${said.join('\n')}\n\`\`\``);
});
