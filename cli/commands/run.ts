import type { Command } from 'commander';
import { brandsAd } from '../context.ts';
import { EXIT } from '../exit.ts';
import { printState } from '../print-state.ts';
import type { RunCommand } from '../run-command.ts';
import { followRun } from '../start/run-example.ts';

/** Outcomes that are what the command was asked for. */
const DONE = new Set(['visible', 'covered', 'covered-by-brand', 'held-out']);

/** `run AD`: starts the ad's run and, unless told not to, follows it to its end. */
export function addRun(program: Command, run: RunCommand): void {
  program
    .command('run')
    .description('Put the first comment under one ad; follows the run to its end')
    .argument('<ad>', 'an ad, written meta/act_100200/23851234')
    .option('--no-wait', 'start the run and return at once')
    .action((text: string, options: { wait: boolean }) =>
      run(async (context) => {
        const ad = brandsAd(text, context.brand());
        const client = await context.startingClient();
        if (!options.wait) {
          const status = await client.start(ad);
          process.stdout.write(
            context.json ? `${JSON.stringify({ ad: text, ...status })}\n` : `${text}: run ${status.runId} started\n`,
          );
          return EXIT.done;
        }
        let last = '';
        const state = await followRun(client, { ad, approve: null }, (seen) => {
          const line = seen.wait ? `${seen.stage}: ${seen.wait.reason} – ${seen.wait.says}` : seen.stage;
          if (line !== last && !context.json) process.stderr.write(`  ${line}\n`);
          last = line;
        });
        printState(context, state);
        return state.outcome !== null && DONE.has(state.outcome) ? EXIT.done : EXIT.no;
      }),
    );
}
