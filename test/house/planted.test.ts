import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAULTS } from '../planted/faults.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('planted faults', () => {
  test('have names of their own', () => {
    const ids = FAULTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(FAULTS.map((fault) => [fault.id, fault] as const))('%s still finds what it takes away, once', (_, { edits }) => {
    for (const { file, find } of edits) expect(readFileSync(join(ROOT, file), 'utf8').split(find)).toHaveLength(2);
  });
});
