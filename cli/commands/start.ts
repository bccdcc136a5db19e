import type { Command } from 'commander';
import type { RunCommand } from '../run-command.ts';

/** `start` (what `npm start` calls): everything up, the example's ads run, a live table, a summary. */
export function addStart(program: Command, run: RunCommand): void {
  program
    .command('start')
    .description('Bring everything up on this machine and put first comments under the example’s ads')
    .option('--once', 'stop when all runs are done; exit 0 only if every outcome is the expected one')
    .action((options: { once?: boolean }) =>
      run(async (context) => {
        // Loaded when asked for: a worker with its bundler takes longer to load than `status` takes to answer.
        const { start } = await import('../start/start.ts');
        return start(context, options.once === true);
      }),
    );
}
