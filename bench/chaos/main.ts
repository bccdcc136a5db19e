import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode, reportFailure } from '../../cli/exit.ts';
import { UserError } from '../../domain/user-error.ts';
import { chaos, naive } from './command.ts';
import { MUTANTS } from './mutants.ts';
import { wholeNumber, wholeNumbers } from './options.ts';
import { ACTS, BLOWS } from './plan.ts';
import { runMutants } from './run-mutants.ts';

interface Options {
  readonly ads: number;
  readonly seed: number;
  readonly lateLandings?: number;
  readonly without: readonly string[];
  readonly untilFailure?: boolean;
  readonly mutants?: boolean;
  readonly only: readonly string[];
  readonly seeds: readonly number[];
  readonly naive?: boolean;
  readonly json?: boolean;
}

const PARTS = [...ACTS, ...BLOWS, 'crashes', 'faults', 'stalls'];
const IDS = MUTANTS.map(({ id }) => id);

const program = new Command('chaos')
  .description('Real Temporal, Postgres, sandbox and workers under a seeded schedule of faults and kills; three truths compared')
  .option('--ads <n>', 'ads whose runs are started', wholeNumber, 100)
  .option('--seed <n>', 'repeats the schedule', wholeNumber, 1)
  .option('--late-landings <n>', 'so many requests land beyond what is promised; reported apart', wholeNumber)
  .option('--without <part...>', `leaves parts of the schedule out, to find which one a failure needs: ${PARTS.join(', ')}`, [])
  .option('--until-failure', 'ends as soon as a second comment of ours stands somewhere')
  .option('--mutants', 'the product without one safeguard at a time; each must be found out')
  .option('--only <id...>', `of the mutants: ${IDS.join(', ')}`, [])
  .option('--seeds <list>', 'tried on a mutant one after the other until it fails', wholeNumbers, [1, 2, 3, 4, 5])
  .option('--naive', 'a job table with retries in the place of the product, under the same schedule')
  .option('--json', 'one JSON value on standard output')
  .exitOverride()
  .action(async (options: Options) => {
    try {
      process.exitCode = await carry(options);
    } catch (error) {
      process.exitCode = reportFailure(error, options.json === true);
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usersMistake;
}
// Node may spin for ever while it closes the handles of children that were killed, so it is not left to end by itself.
process.exit();

function carry({ ads, seed, lateLandings = 0, untilFailure = false, json = false, ...options }: Options): Promise<ExitCode> {
  if (options.mutants === true) return runMutants({ ads, seeds: options.seeds, only: known(options.only, IDS), json });
  if (options.naive === true) return naive({ ads, seed, json });
  return chaos({ ads, seed, lateLandings, without: known(options.without, PARTS), untilFailure, json });
}

function known(wished: readonly string[], names: readonly string[]): readonly string[] {
  const unknown = wished.filter((each) => !names.includes(each));
  if (unknown.length === 0) return wished;
  throw new UserError(`Nothing is called ${unknown.join(', ')}. Known: ${names.join(', ')}.`);
}
