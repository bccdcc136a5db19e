// `npm test`: format, lint, types, all tests, and the example as a newcomer starts it. `npm test -- store` runs only the test
// files whose path contains "store". The last line counts every check.
import { join } from 'node:path';
import { installChromiumIfNeeded } from './testing/chromium.ts';
import { runExample } from './testing/example.ts';
import { runNode } from './testing/run-node.ts';
import { add, NOTHING, oneCheck, summaryLine, type Tally } from './testing/tally.ts';
import { runVitest } from './testing/vitest.ts';

type Step = { readonly name: string; readonly run: () => Promise<Tally> };

async function tool(...args: readonly string[]): Promise<Tally> {
  const { code } = await runNode(args);
  return oneCheck(code === 0);
}

const STEPS: readonly Step[] = [
  {
    name: 'Format and lint',
    run: () => tool(join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'),
  },
  { name: 'Types', run: () => tool(join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit') },
  { name: 'Tests', run: () => runVitest([]) },
  { name: 'The example, started twice', run: () => runExample() },
];

async function main(filters: readonly string[]): Promise<Tally> {
  if (filters.length > 0) return runVitest(filters);
  const chromium = installChromiumIfNeeded();
  let total = chromium === null ? NOTHING : oneCheck(chromium.ok);
  const failed: string[] = [];
  for (const { name, run } of STEPS) {
    process.stdout.write(`\n== ${name} ==\n`);
    const tally = await run();
    if (tally.failed > 0) failed.push(name);
    process.stdout.write(`${name}: ${summaryLine(tally)}\n`);
    total = add(total, tally);
  }
  process.stdout.write(failed.length === 0 ? '\n' : `\nFailed: ${failed.join('; ')}\n`);
  return total;
}

const total = await main(process.argv.slice(2));
process.stdout.write(`${summaryLine(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
