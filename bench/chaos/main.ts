import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { EXIT, reportFailure } from '../../cli/exit.ts';
import { chaos } from './command.ts';
import { ACTS, BLOWS } from './plan.ts';

const program = new Command('chaos')
  .description('Real Temporal, Postgres, sandbox and workers under a seeded schedule of faults and kills; three truths compared')
  .option('--ads <n>', 'ads whose runs are started', wholeNumber, 100)
  .option('--seed <n>', 'repeats the schedule', wholeNumber, 1)
  .option('--late-landings <n>', 'requests that land beyond what is promised; reported apart', wholeNumber, 0)
  .option(
    '--without <what...>',
    `leave out, to see which of them a failure comes from: ${[...ACTS, ...BLOWS].join(', ')}, crashes, faults, stalls`,
    [],
  )
  .option('--until-failure', 'end as soon as a second comment of ours stands somewhere')
  .option('--json', 'one JSON object on standard output')
  .exitOverride()
  .action(
    async (options: {
      ads: number;
      seed: number;
      lateLandings: number;
      without: string[];
      untilFailure?: boolean;
      json?: boolean;
    }) => {
      const { ads, seed, lateLandings, without, untilFailure = false, json = false } = options;
      try {
        process.exitCode = await chaos({ ads, seed, lateLandings, without, untilFailure, json });
      } catch (error) {
        process.exitCode = reportFailure(error, json);
      }
    },
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usersMistake;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('write a whole number from 1 on');
  return value;
}
