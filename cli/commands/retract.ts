import type { Command } from 'commander';
import { tellCriteria } from '../../domain/order-criteria.ts';
import { formatSurface } from '../../domain/surface.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Attempt } from '../../store/ledger.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import type { WithdrawnComment } from '../../store/withdrawals.ts';
import type { RetractState } from '../../workflows/retract-messages.ts';
import { adFrom, type Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { criteriaOf, type Selection } from '../retract/criteria.ts';
import { followRetract } from '../retract/follow.ts';
import { countsOf, previewText, waysOf } from '../retract/preview-text.ts';
import type { RunCommand } from '../run-command.ts';
import { table } from '../table.ts';
import { inFlightText, say } from './orders.ts';

interface Options extends Selection {
  readonly edit?: boolean;
  readonly yes?: boolean;
  readonly by?: string;
  readonly why?: string;
  readonly order?: string;
  readonly json?: boolean;
}

/** `retract`: withdraws comments that stand, and keeps them from being published again (protocol i). */
export function addRetract(program: Command, run: RunCommand): void {
  program
    .command('retract')
    .description(
      'Withdraw first comments that stand: shows what would go; with --yes they are deleted, each read back as gone, or edited with --edit',
    )
    .option('--pattern <id>', 'comments of this pattern')
    .option('--version <n>', 'of the pattern: this version of it')
    .option('--copy <hash>', 'comments of this very text; "copy list" shows the hashes')
    .option('--market <id>', 'comments for this market')
    .option('--page <id>', 'comments by this Page or Instagram account')
    .option('--from <time>', 'published then or later, for example 2026-11-27T10:00Z')
    .option('--until <time>', 'published before')
    .option('--ad <ad>', 'comments under this ad, written meta/act_100200/23851234')
    .option('--all', 'every comment of the brand')
    .option('--edit', 'give comments the text of today where they stand; those with which that cannot be are deleted')
    .option('--yes', 'do it; without it nothing is done')
    .option('--by <name>', 'who says so (with --yes)')
    .option('--why <reason>', 'the reason, kept in the ledger (with --yes)')
    .option('--order <id>', 'go on with an order that was given before')
    .action((options: Options) => run((context) => retract(context, options)));
}

async function retract(context: Context, options: Options): Promise<ExitCode> {
  const ledger = await context.ledger();
  if (options.order !== undefined) {
    if (givenBeside(options)) throw new UserError('--order goes on with what was ordered; it takes nothing beside.');
    return carryOut(context, ledger, options.order, []);
  }
  const brand = context.brand();
  const criteria = criteriaOf(options, brand, await ledger.readWritten(brand.id));
  if (criteria.ad !== undefined && !(await ledger.knowsAd(adFrom(criteria.ad)))) {
    throw new UserError(
      `The ledger knows no ad ${criteria.ad}: no run had to do with it, and no survey has seen it. Nothing was withdrawn.`,
    );
  }
  const covers = tellCriteria(criteria);
  const preview = await ledger.previewWithdrawal(criteria);
  if (!options.yes) {
    const { unexplained, open } = preview;
    const ways = options.edit ? waysOf(preview.comments, criteria, brand) : null;
    const comments = preview.comments.map((comment, index) => ({ ...comment, ...(ways ? { way: ways[index] } : {}) }));
    const value = { dryRun: true, criteria, covers, comments, ...countsOf(comments), open, unexplained };
    const does = ways ? 'these are edited or deleted as shown' : 'these are deleted';
    const next = `Nothing was done. With --yes --by NAME --why REASON ${does}, and nothing that it covers is published until the order is lifted.`;
    say(context, value, `${previewText(covers, preview, ways)}\n\n${next}`);
    return EXIT.done;
  }
  const { by, why } = options;
  if (!by || !why) throw new UserError('Who says so, and why? Give --by NAME and --why REASON; both are kept in the ledger.');
  const { id, inFlight } = await ledger.orderWithdrawal({ criteria, edit: options.edit === true, by, why });
  if (!context.json) {
    const none = preview.comments.length === 0 ? ' No comment of ours that it covers stands now.' : '';
    process.stderr.write(
      `Ordered: ${covers} (${id}). Nothing of it is published from now on.${none}\n${inFlightText(inFlight)}\n`,
    );
  }
  return carryOut(context, ledger, id, inFlight);
}

function givenBeside({ order: _, json: __, ...more }: Options): boolean {
  return Object.values(more).some((each) => each !== undefined);
}

async function carryOut(context: Context, ledger: OpenLedger, orderId: string, inFlight: readonly Attempt[]): Promise<ExitCode> {
  const order = await ledger.withdrawalOrder(orderId);
  if (!order) throw new UserError(`There is no withdrawal order ${orderId}. "first-comment status" lists those that stand.`);
  if (order.lifted) throw new UserError(`${order.lifted.by} lifted the order ${orderId}: ${order.lifted.why}. Give it anew.`);
  const end = await followRetract(context, order);
  const comments = await ledger.withdrawnUnder(orderId);
  const covers = tellCriteria(order.criteria);
  const { outcome, says, progress, unsettled } = end;
  say(
    context,
    { order: orderId, covers, outcome, says, ...progress, comments, unsettled, inFlight },
    endText(orderId, end, comments),
  );
  return outcome === 'withdrawn' ? EXIT.done : EXIT.no;
}

function endText(orderId: string, { outcome, says, unsettled }: RetractState, comments: readonly WithdrawnComment[]): string {
  const rows = comments.map(({ surface, commentId, accountId, adId, removed, edited, says: what }) => [
    adId === null ? 'not known' : `${surface.platform}/${accountId}/${adId}`,
    formatSurface(surface),
    commentId,
    edited ? 'edited' : removed ? 'removed' : 'not removed',
    what,
  ]);
  return [
    ...(rows.length > 0 ? [table(['ad', 'surface', 'comment', '', ''], rows), ''] : []),
    ...unsettled.map(({ surface, attemptId, says: what }) => `${formatSurface(surface)}, attempt ${attemptId}: ${what}`),
    `${outcome}: ${says}.`,
    `The order stands: nothing that it covers is published. Lift it with: first-comment resume ${orderId} --by … --why …`,
    ...(outcome === 'not-removed' ? [`Try again with: first-comment retract --order ${orderId}`] : []),
  ].join('\n');
}
