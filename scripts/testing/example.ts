import { z } from 'zod';
import { ownHome } from '../stack/own-home.ts';
import { runNode } from './run-node.ts';
import { add, NOTHING, oneCheck, type Tally } from './tally.ts';

const summarySchema = z.object({
  runs: z.int().positive(),
  asExpected: z.int(),
  outcomes: z.record(z.string(), z.int()),
  comments: z.int(),
  published: z.int(),
  duplicatesAtEnd: z.int(),
  seconds: z.number(),
});
type Summary = z.infer<typeof summarySchema>;

/** What `npm start -- --once --json` does, twice, with an empty state folder and on free ports. */
export async function runExample(): Promise<Tally> {
  const { env, remove } = await ownHome('example');
  try {
    const first = await start('first start', env);
    if (first.summary === null) return first.tally;
    const published = check('the first start published comments', first.summary.published > 0);
    const second = await start('second start', env);
    if (second.summary === null) return sum([first.tally, published, second.tally]);
    return sum([
      first.tally,
      published,
      second.tally,
      check('the second start published nothing', second.summary.published === 0),
      check('the second start left as many comments', second.summary.comments === first.summary.comments),
      check('the second start had the same outcomes', sameCounts(first.summary.outcomes, second.summary.outcomes)),
    ]);
  } finally {
    await remove();
  }
}

type Started = { readonly tally: Tally; readonly summary: Summary | null };

async function start(name: string, env: Readonly<Record<string, string | undefined>>): Promise<Started> {
  const { code, stdout } = await runNode(['cli/main.ts', 'start', '--once', '--json'], { env, collect: true });
  const summary = readSummary(stdout);
  if (summary === null) return { tally: check(`the ${name} ends with one JSON line (exit code ${code})`, false), summary };
  process.stdout.write(`${name}: ${JSON.stringify(summary)}\n`);
  const tally = sum([
    check(`the ${name} ended with exit code 0 (it was ${code})`, code === 0),
    check(
      `the ${name} ended as the example expects (${summary.asExpected} of ${summary.runs})`,
      summary.asExpected === summary.runs,
    ),
    check(`the ${name} left no duplicate`, summary.duplicatesAtEnd === 0),
  ]);
  return { tally, summary };
}

function readSummary(stdout: string): Summary | null {
  const last = stdout.trim().split('\n').at(-1) ?? '';
  try {
    const parsed = summarySchema.safeParse(JSON.parse(last));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not JSON: the caller counts it as a failed check
  }
}

function check(sentence: string, ok: boolean): Tally {
  process.stdout.write(`  ${ok ? '✓' : '✗'} ${sentence}\n`);
  return oneCheck(ok);
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(add, NOTHING);
}

function sameCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}
