import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LIVE_QUESTIONS } from '../../platforms/meta/live/index.ts';
import { MANUAL_RECIPES } from '../../platforms/meta/live/recipes.ts';

const ROOT = join(import.meta.dirname, '../..');
const all = [...LIVE_QUESTIONS, ...MANUAL_RECIPES];

test('every question and recipe has a name of its own', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test.each(all.map(({ id, usedIn }) => [id, usedIn] as const))('%s names the files that build on its answer', (_id, usedIn) => {
  expect(usedIn.length).toBeGreaterThan(0);
  expect(usedIn.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('docs/platforms/meta.md names every question and every recipe', () => {
  const page = readFileSync(join(ROOT, 'docs/platforms/meta.md'), 'utf8');
  expect(all.filter(({ id }) => !page.includes(`\`${id}\``)).map(({ id }) => id)).toEqual([]);
});
