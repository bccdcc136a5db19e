import type { Command } from 'commander';
import type { Decision } from '../../workflows/messages.ts';
import { adFrom, type Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { printState } from '../print-state.ts';
import type { RunCommand } from '../run-command.ts';

/** `approve` and `reject`: a person's word on what a run holds. */
export function addDecisions(program: Command, run: RunCommand): void {
  for (const [name, what] of [
    ['approve', 'Release the comments that the run of AD holds'],
    ['reject', 'Reject the comments that the run of AD holds; they end as blocked'],
  ] as const) {
    program
      .command(name)
      .description(what)
      .argument('<ad>', 'an ad, written meta/act_100200/23851234')
      .requiredOption('--by <name>', 'who decides')
      .requiredOption('--why <reason>', 'the reason, kept in the ledger')
      .action((ad: string, decision: Decision) =>
        run(async (context: Context) => {
          const client = await context.client();
          printState(context, await client[name](adFrom(ad), { by: decision.by, why: decision.why }));
          return EXIT.done;
        }),
      );
  }
}

/** `retry` and `cancel`. */
export function addControl(program: Command, run: RunCommand): void {
  program
    .command('retry')
    .description('A waiting run tries again now; a closed one gets a new execution that meets the ledger')
    .argument('<ad>', 'an ad, written meta/act_100200/23851234')
    .action((ad: string) =>
      run(async (context) => {
        const status = await (await context.client()).retry(adFrom(ad));
        say(context, { ad, ...status }, `${ad}: run ${status.runId} goes on`);
        return EXIT.done;
      }),
    );
  program
    .command('cancel')
    .description('Close the gate of a run: it ends as withdrawn, or as visible when the comment was already sent')
    .argument('<ad>', 'an ad, written meta/act_100200/23851234')
    .action((ad: string) =>
      run(async (context) => {
        const client = await context.client();
        await client.cancel(adFrom(ad));
        const state = await client.result(adFrom(ad));
        printState(context, state);
        return EXIT.done;
      }),
    );
}

function say(context: Context, value: object, sentence: string): void {
  process.stdout.write(context.json ? `${JSON.stringify(value)}\n` : `${sentence}\n`);
}
