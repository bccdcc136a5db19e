import type { Command } from 'commander';
import { connectClient } from '../../client/index.ts';
import { counted } from '../../domain/counted.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { EXIT } from '../exit.ts';
import { registerSearchAttributes } from '../local/search-attributes.ts';
import type { RunCommand } from '../run-command.ts';

/** `setup`: migrations, copy approvals of the brand folder into the ledger, search attributes. Safe to repeat. */
export function addSetup(program: Command, run: RunCommand): void {
  program
    .command('setup')
    .description('Prepare database and Temporal: migrations, copy approvals, search attributes. Safe to repeat')
    .action(() =>
      run(async (context) => {
        const brand = context.brand();
        const ledger = await context.ledger();
        const { applied } = await ledger.migrate();
        const { added } = await ledger.importApprovals(brand.approvals);
        const { client, connection, close } = await connectClient(context.temporal());
        try {
          await registerSearchAttributes(connection, client.options.namespace, SEARCH_ATTRIBUTES);
        } finally {
          await close();
        }
        const searchAttributes = Object.keys(SEARCH_ATTRIBUTES).length;
        const sentence = `${ledger.database}: ${counted(applied.length, 'migration')}, ${counted(added, 'copy approval')} added; ${searchAttributes} search attributes stand`;
        process.stdout.write(
          context.json
            ? `${JSON.stringify({ migrations: applied, approvalsAdded: added, searchAttributes })}\n`
            : `${sentence}\n`,
        );
        return EXIT.done;
      }),
    );
}
