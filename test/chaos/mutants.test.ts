import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from '../../bench/chaos/mutants.ts';

const ROOT = join(import.meta.dirname, '../..');

test.each(MUTANTS.map((mutant) => [mutant.id, mutant] as const))(
  'the mutant %s still finds what it takes away, once',
  (_, { edits }) => {
    for (const { file, find } of edits) expect(readFileSync(join(ROOT, file), 'utf8').split(find)).toHaveLength(2);
  },
);
