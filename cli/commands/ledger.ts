import type { Command } from 'commander';
import { tellScope } from '../../domain/scopes.ts';
import { DEFAULT_TIMING, restoreSettlesAfterMs, scaleTiming } from '../../domain/timing.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Overview } from '../../store/overview.ts';
import type { Restored } from '../../store/postgres/restored.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { momentOf } from '../moment.ts';
import type { RunCommand } from '../run-command.ts';
import { signed } from '../signed.ts';
import { type Said, say } from './orders.ts';

/** `ledger restored`: the database was restored to an earlier time (protocol k). */
export function addLedger(program: Command, run: RunCommand): void {
  const ledger = program.command('ledger').description('The ledger itself');
  signed(ledger.command('restored'))
    .description('Say that the database was restored from a backup; nothing is published until you lift the pause that this sets')
    .requiredOption('--from <time>', 'to which time it was restored, for example 2026-11-27T10:00Z')
    .action((options: Said & { from: string }) =>
      run(async (context) => {
        const from = momentOf('--from', options.from);
        const store = await context.ledger();
        const settlesAfterMs = restoreSettlesAfterMs(scaleTiming(DEFAULT_TIMING, context.profile().timingScale));
        const { generation, pauseId, opensAt } = await store.noteRestored({
          from,
          by: options.by,
          why: options.why,
          settlesAfterMs,
        });
        const { pauses, withdrawals } = await store.readOverview();
        const { told, says } = await tellRuns(context);
        const standing = { pauses: pauses.filter(({ id }) => id !== pauseId), withdrawals };
        say(
          context,
          { generation, pause: pauseId, opensAt, from, told, ...standing },
          [
            `Generation ${generation} of the ledger begins. Nothing is published (pause ${pauseId}).`,
            says,
            ...stepsAfter(from, { pauseId, opensAt }, standing),
          ].join('\n'),
        );
        return EXIT.done;
      }),
    );
}

/** The running runs meet the ledger anew now, while the pause stands: their rows of the lost time are gone. */
async function tellRuns(context: Context): Promise<{ readonly told: number | null; readonly says: string }> {
  try {
    const told = await (await context.client()).tellRestored();
    return { told, says: `${told} running run(s) were told; each meets the ledger anew.` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const says = `The running runs were not told: ${error.message} Repeat this command once Temporal answers; that is harmless.`;
    return { told: null, says };
  }
}

function stepsAfter(
  from: string,
  { pauseId, opensAt }: Pick<Restored, 'pauseId' | 'opensAt'>,
  { pauses, withdrawals }: Pick<Overview, 'pauses' | 'withdrawals'>,
): readonly string[] {
  const standing = [
    ...pauses.map(({ id, kind, scope, value, by, why }) => `  ${kind} of ${tellScope(scope, value)} by ${by}: ${why} (${id})`),
    ...withdrawals.map(({ id, covers, by, why }) => `  withdrawal of ${covers} by ${by}: ${why} (${id})`),
  ];
  return [
    '',
    standing.length === 0 ? 'Besides that no pause and no withdrawal order stands.' : 'Besides that these stand:',
    ...standing,
    '',
    `What was ordered after ${from} is lost. In this order:`,
    '  1. Enter anew: pauses (first-comment pause), withdrawal orders (first-comment retract), copy approvals (first-comment setup),',
    '     findings on attempts (first-comment settle).',
    '  2. Lift what was lifted after that time and stands again (first-comment resume).',
    `  3. From ${opensAt} on: first-comment resume ${pauseId} --by … --why …`,
    '     Until then requests of the lost time, of which the ledger knows nothing, may still land.',
    'Then runs go on by themselves. Every surface is claimed anew, and its whole thread is read once before anything is published.',
  ];
}
