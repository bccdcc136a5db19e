import { availableParallelism } from 'node:os';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { EXIT, reportFailure } from '../cli/exit.ts';
import { overhead } from './overhead/command.ts';

/** Enough to keep every core busy although verify waits two seconds; more only makes the machine late. */
const IN_FLIGHT = 20 * availableParallelism();

const program = new Command('bench').description('Measured claims, printed by the commands that measure them').exitOverride();

program
  .command('overhead')
  .description('What a run costs over a bare workflow of five activities that do nothing')
  .option('--json', 'one JSON object on standard output')
  .option('--rounds <n>', 'how often the three kinds take turns', wholeNumber, 3)
  .option('--batch <n>', 'runs in each batch', wholeNumber, 4 * IN_FLIGHT)
  .option('--in-flight <n>', 'runs kept going at once', wholeNumber, IN_FLIGHT)
  .action(async (options: { json?: boolean; rounds: number; batch: number; inFlight: number }) => {
    const json = options.json === true;
    try {
      process.exitCode = await overhead({ ...options, json });
    } catch (error) {
      process.exitCode = reportFailure(error, json);
    }
  });

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
