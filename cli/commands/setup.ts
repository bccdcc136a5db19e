import type { Client } from '@temporalio/client';
import type { Command } from 'commander';
import { connectClient, type EnsuredSweep, FirstCommentClient } from '../../client/index.ts';
import { counted } from '../../domain/counted.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { DEFAULT_TIMING, scaleTiming } from '../../domain/timing.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { registerSearchAttributes } from '../local/search-attributes.ts';
import type { RunCommand } from '../run-command.ts';

/** `setup`: migrations, copy approvals of the brand folder into the ledger, search attributes, the sweeps' schedules. Safe to repeat. */
export function addSetup(program: Command, run: RunCommand): void {
  program
    .command('setup')
    .description('Prepare database and Temporal: migrations, copy approvals, search attributes, schedules. Safe to repeat')
    .action(() =>
      run(async (context) => {
        const brand = context.brand();
        const ledger = await context.ledger();
        const { applied } = await ledger.migrate();
        const { added } = await ledger.importApprovals(brand.approvals);
        const { client, connection, close } = await connectClient(context.temporal());
        let sweeps: readonly EnsuredSweep[] = [];
        try {
          await registerSearchAttributes(connection, client.options.namespace, SEARCH_ATTRIBUTES);
          sweeps = await sweepSchedules(context, client);
        } finally {
          await close();
        }
        const searchAttributes = Object.keys(SEARCH_ATTRIBUTES).length;
        const sentence = `${ledger.database}: ${counted(applied.length, 'migration')}, ${counted(added, 'copy approval')} added; ${searchAttributes} search attributes stand; ${sweeps.map(({ says }) => says).join('; ')}`;
        process.stdout.write(
          context.json
            ? `${JSON.stringify({ migrations: applied, approvalsAdded: added, searchAttributes, sweeps })}\n`
            : `${sentence}\n`,
        );
        return EXIT.done;
      }),
    );
}

function sweepSchedules(context: Context, client: Client): Promise<readonly EnsuredSweep[]> {
  const brand = context.brand();
  const profile = context.profile();
  const { sweepEveryMs } = scaleTiming(DEFAULT_TIMING, profile.timingScale);
  const served = { brandId: brand.id, profile: profile.name };
  return new FirstCommentClient(client).ensureSweeps(served, brand.accounts, sweepEveryMs);
}
