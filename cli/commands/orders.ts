import { type Command, Option } from 'commander';
import { suggest } from '../../config/did-you-mean.ts';
import type { Brand } from '../../domain/brand.ts';
import { counted } from '../../domain/counted.ts';
import { SCOPES, tellScope } from '../../domain/scopes.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Attempt, GateScope } from '../../store/ledger.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { RunCommand } from '../run-command.ts';
import { signed } from '../signed.ts';
import { table } from '../table.ts';
import { wakeWaiters } from '../wake-waiters.ts';

export interface Said {
  readonly by: string;
  readonly why: string;
}

/** `pause`: no publish request leaves in its scope after it has returned (protocol b). */
export function addPause(program: Command, run: RunCommand): void {
  signed(program.command('pause'))
    .description('Let nothing be published in a scope; returns when no request of it can leave any more')
    .addOption(new Option('--scope <scope>', 'what to pause').choices(Object.keys(SCOPES)).makeOptionMandatory())
    .option('--value <value>', 'which one: an account, a Page or Instagram account, a market, a pattern, a brand')
    .action((options: Said & { scope: string; value?: string }) =>
      run(async (context) => {
        const scope = SCOPES[options.scope] ?? 'all';
        if (scope !== 'all' && !options.value) {
          throw new UserError(`Which ${options.scope}? Name it with --value, or pause everything with --scope all.`);
        }
        if (scope === 'all' && options.value) {
          throw new UserError(
            `--scope all pauses everything and takes no --value. To pause ${options.value} alone, name its scope (${Object.keys(SCOPES).join(', ')}). Nothing was paused.`,
          );
        }
        const value = scope === 'all' ? 'all' : (options.value ?? '');
        knownOrExplain(context.brand(), options.scope, scope, value);
        const ledger = await context.ledger();
        const { id, inFlight } = await ledger.pause({ kind: 'pause', scope, value, by: options.by, why: options.why });
        say(
          context,
          { pause: id, inFlight },
          `Paused: ${tellScope(scope, value)} (${id}). Lift it with: first-comment resume ${id} --by … --why …\n${inFlightText(inFlight)}`,
        );
        return EXIT.done;
      }),
    );
}

/** A pause of what is not there would protect nothing and look as if it did. */
function knownOrExplain(brand: Brand, word: string, scope: keyof GateScope | 'all', value: string): void {
  const known: Readonly<Record<keyof GateScope, readonly string[]>> = {
    brandId: [brand.id],
    accountId: brand.accounts.map(({ accountId }) => accountId),
    identityId: brand.identities.map(({ identityId }) => identityId),
    marketId: brand.markets.map(({ id }) => id),
    patternId: brand.patterns.map(({ id }) => id),
  };
  if (scope === 'all' || known[scope].includes(value)) return;
  throw new UserError(`The brand folder knows no ${word} "${value}": ${suggest(value, known[scope])}. Nothing was paused.`);
}

/** `resume`: lifts a pause or a breaker, and wakes the runs that wait for it; or a withdrawal order, for which none waits. */
export function addResume(program: Command, run: RunCommand): void {
  signed(program.command('resume'))
    .description('Lift a pause, a breaker or a withdrawal order; wakes the runs that wait for it; "status" lists what stands')
    .argument('<order>', 'the id of the pause, breaker or withdrawal order')
    .action((pauseId: string, options: Said) =>
      run(async (context) => {
        const ledger = await context.ledger();
        const lifted = await ledger.liftWithdrawal(pauseId, options.by, options.why);
        if (lifted) {
          const { released } = lifted;
          const free = `${counted(released, 'surface')} free again; nothing is published there by itself: first-comment retry AD`;
          say(context, { order: pauseId, released }, `Lifted. ${free}`);
          return EXIT.done;
        }
        await ledger.resume(pauseId, options.by, options.why);
        const { woken, says } = await wakeWaiters(context, ledger, 'paused', pauseId);
        say(context, { pause: pauseId, woken }, `Lifted. ${says}`);
        return EXIT.done;
      }),
    );
}

export function inFlightText(attempts: readonly Attempt[]): string {
  if (attempts.length === 0) return 'No attempt is open.';
  return `Open attempts:\n${table(
    ['attempt', 'surface', 'n', 'gate passed at'],
    attempts.map((each) => [each.attemptId, each.surfaceId, String(each.n), each.gateAt]),
  )}`;
}

/** One JSON value for machines, a sentence for people. */
export function say(context: Context, value: object, sentence: string): void {
  process.stdout.write(context.json ? `${JSON.stringify(value)}\n` : `${sentence}\n`);
}
