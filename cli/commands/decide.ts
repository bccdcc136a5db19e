import type { Command } from 'commander';
import { ClientError } from '../../client/index.ts';
import { formatSurface } from '../../domain/surface.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Decision, RunState } from '../../workflows/messages.ts';
import { adFrom, brandsAd, type Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { printState } from '../print-state.ts';
import type { RunCommand } from '../run-command.ts';
import { signed } from '../signed.ts';

/** `approve` and `reject`: a person's word on what a run holds. */
export function addDecisions(program: Command, run: RunCommand): void {
  for (const [name, what] of [
    ['approve', 'Release the comments that the run of AD holds'],
    ['reject', 'Reject the comments that the run of AD holds; they end as blocked'],
  ] as const) {
    signed(program.command(name))
      .description(what)
      .argument('<ad>', 'an ad, written meta/act_100200/23851234')
      .action((ad: string, decision: Decision) =>
        run(async (context: Context) => {
          const client = await context.client();
          const ref = adFrom(ad);
          const held = (state: RunState) => state.surfaces.filter(({ wait }) => wait?.reason === 'awaiting-approval');
          const said = { by: decision.by, why: decision.why };
          const state = await aimed(context, ad, () => client[name](ref, said));
          const surfaces = held(state).map(({ surface }) => formatSurface(surface));
          const done = name === 'approve' ? 'Approved' : 'Rejected';
          const value = { ad, decision: name, by: decision.by, surfaces };
          say(
            context,
            value,
            `${done} by ${decision.by}: ${surfaces.join(', ')}. The run goes on; see: first-comment status ${ad}`,
          );
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
        const client = await context.startingClient();
        const before = await aimed(context, ad, () => client.status(adFrom(ad)));
        const status = await client.retry(adFrom(ad));
        const how = status.runId === before.runId ? 'tries again now' : 'is a new execution that meets the ledger';
        say(context, { ad, ...status }, `${ad}: run ${status.runId} ${how}`);
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
        const { status } = await aimed(context, ad, () => client.status(adFrom(ad)));
        if (status !== 'running') throw new UserError(`The run of ${ad} has ended; there is nothing to cancel.`);
        await client.cancel(adFrom(ad));
        const state = await client.result(adFrom(ad));
        printState(context, state);
        return EXIT.done;
      }),
    );
}

/** A run that nobody knows, of an account that is not the brand's, was most likely meant otherwise: then that is said. */
async function aimed<T>(context: Context, ad: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ClientError && error.kind === 'no-such-run') brandsAd(ad, context.brand());
    throw error;
  }
}

function say(context: Context, value: object, sentence: string): void {
  process.stdout.write(context.json ? `${JSON.stringify(value)}\n` : `${sentence}\n`);
}
