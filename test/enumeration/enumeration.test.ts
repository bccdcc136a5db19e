import { describe, expect, test } from 'vitest';
import { runNode } from '../../scripts/testing/run-node.ts';
import { createEmptyDatabase } from '../helpers/postgres.ts';
import type { Report } from './report.ts';

describe('every await of the publish protocol with every fault', () => {
  test('ends in one comment or in an honest word, and no await is left out', async () => {
    const database = await createEmptyDatabase();
    const options = { collect: true, env: { TEST_DATABASE_URL: database.url } };
    const { stdout } = await runNode(['scripts/enumeration.ts', '--json'], options);
    await database.drop();
    const report = JSON.parse(stdout) as Report;
    expect(report.broken).toEqual([]);
    expect(report.uncovered).toEqual([]);
    expect(report.needless).toEqual([]);
    // A harness that plays nothing would say that nothing is broken.
    expect(report.cells).toBeGreaterThan(2_000);
  });
});
