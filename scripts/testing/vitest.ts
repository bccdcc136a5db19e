import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runNode } from './run-node.ts';
import { add, NOTHING, oneCheck, type Tally } from './tally.ts';

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});

/** Runs the test files (those whose path contains one of the filters, or all) and counts from vitest's own report. */
export async function runVitest(filters: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'first-comment-report-'));
  const report = join(folder, 'report.json');
  try {
    const { code } = await runNode([
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...filters,
    ]);
    const counted = readReport(report);
    // A file that cannot even be loaded, or an error outside any test, fails no test but the run.
    return code !== 0 && counted.failed === 0 ? add(counted, oneCheck(false)) : counted;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path: string): Tally {
  try {
    const report = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch (error) {
    process.stderr.write(`vitest left no report that can be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return add(NOTHING, oneCheck(false));
  }
}
