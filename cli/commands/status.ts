import type { Command } from 'commander';
import { ClientError } from '../../client/index.ts';
import { formatAd, parseAd } from '../../domain/ad.ts';
import { scopeWord } from '../../domain/scopes.ts';
import type { Overview } from '../../store/overview.ts';
import type { RunState } from '../../workflows/messages.ts';
import { adFrom, brandsAd, type Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { type JudgedSweep, judgeSweeps } from '../overdue-sweeps.ts';
import { printState } from '../print-state.ts';
import type { RunCommand } from '../run-command.ts';
import { clip, colouredOutcome, table } from '../table.ts';
import { tellProgress } from '../tell-order.ts';
import { commandFor } from '../wait-command.ts';

/** `status AD`: how one run stands. `status`: the system – pauses, who waits and why, what ended last. */
export function addStatus(program: Command, run: RunCommand): void {
  program
    .command('status')
    .description('How a run stands; without AD, how the system stands')
    .argument('[ad]', 'an ad, written meta/act_100200/23851234')
    .action((text: string | undefined) =>
      run(async (context) => {
        if (text !== undefined) {
          printState(context, await stateOf(context, text));
          return EXIT.done;
        }
        const read = inCommandWords(await (await context.ledger()).readOverview());
        const overview = { ...read, sweeps: judgeSweeps(read.sweeps, context) };
        process.stdout.write(context.json ? `${JSON.stringify(overview)}\n` : `${overviewText(overview)}\n`);
        return EXIT.done;
      }),
    );
}

async function stateOf(context: Context, text: string): Promise<RunState> {
  const ad = adFrom(text);
  const client = await context.client();
  try {
    return await client.state(ad);
  } catch (error) {
    // Of an account that is not the brand's a run would be refused, so nobody is sent there.
    if (error instanceof ClientError && error.kind === 'no-such-run') brandsAd(text, context.brand());
    throw error;
  }
}

type Judged = Omit<Overview, 'sweeps'> & { readonly sweeps: readonly JudgedSweep[] };

/** Scopes as `pause` takes them, for people and machines alike. */
function inCommandWords(overview: Overview): Overview {
  const named = <T extends { readonly scope: string }>(order: T): T => ({ ...order, scope: scopeWord(order.scope) });
  return { ...overview, pauses: overview.pauses.map(named) };
}

/** `first-comment explain AD` tells the rest. */
function ends(those: Overview['lastEnds']): string {
  return list(
    ['ad', 'at', 'outcome', 'why'],
    those.map(({ ad, at, outcome, says }) => [formatAd(ad), at.slice(0, 19), colouredOutcome(outcome), clip(says, 60)]),
  );
}

function overviewText(overview: Judged): string {
  const sections: [string, string][] = [
    ['Runs', `${overview.runs.running} running, ${overview.runs.ended} ended`],
    [
      'Pauses and breakers',
      list(
        ['kind', 'scope', 'value', 'by', 'why', 'since', 'id'],
        overview.pauses.map((each) => [
          each.kind,
          each.scope,
          each.value,
          each.by,
          clip(each.why, 60),
          each.at.slice(0, 19),
          each.id,
        ]),
      ),
    ],
    [
      'Withdrawal orders',
      list(
        ['covers', 'by', 'why', 'since', 'how far', 'id'],
        overview.withdrawals.map((each) => [
          each.covers,
          each.by,
          clip(each.why, 60),
          each.at.slice(0, 19),
          tellProgress(each),
          each.id,
        ]),
      ),
    ],
    [
      'Waiting',
      list(
        ['reason', 'for', 'runs', 'since', 'to do', 'ads'],
        overview.waiting.map((each) => [
          each.reason,
          each.key,
          String(each.runs),
          each.since,
          toDo(each),
          each.ads.join(' ') + (each.runs > each.ads.length ? ' …' : ''),
        ]),
      ),
    ],
    [
      'Surfaces',
      list(
        ['claim', 'surfaces'],
        overview.surfaces.map((each) => [each.state, String(each.surfaces)]),
      ),
    ],
    [
      'Outcomes',
      list(
        ['outcome', 'runs'],
        overview.outcomes.map((each) => [colouredOutcome(each.outcome), String(each.runs)]),
      ),
    ],
    ['Needs a look', ends(overview.needsLook)],
    ['Ended last', ends(overview.lastEnds)],
    [
      'Incidents',
      list(
        ['kind', 'times', 'open', 'last', 'where', 'done'],
        overview.incidents.map((each) => [
          each.kind,
          String(each.incidents),
          String(each.open),
          each.last.slice(0, 19),
          each.surfaceId,
          clip(each.did, 60),
        ]),
      ),
    ],
    [
      'Open attempts',
      list(
        ['attempt', 'ad', 'surface', 'since', 'settled by'],
        overview.attempts.map((each) => [
          each.attemptId,
          formatAd(each.ad),
          each.surfaceId,
          each.since.slice(0, 19),
          each.orphaned ? 'the next sweep; its run has ended' : 'its run',
        ]),
      ),
    ],
    [
      'Tokens tried',
      list(
        ['account', 'at', 'works', 'why', 'next'],
        overview.probes.map((each) => [
          each.account,
          each.at.slice(0, 19),
          each.usable === null ? 'unknown' : each.usable ? 'yes' : 'no',
          clip(each.says ?? '', 60),
          each.usable ? '' : each.nextAt.slice(0, 19),
        ]),
      ),
    ],
    [
      'Last sweeps',
      list(
        ['account', 'begun', 'ended', 'did', 'needs a person', 'overdue'],
        overview.sweeps.map((each) => [
          each.account,
          each.underWaySince === null
            ? (each.begunAt?.slice(0, 19) ?? 'never')
            : `under way since ${each.underWaySince.slice(0, 19)}`,
          each.at?.slice(0, 19) ?? 'never',
          clip(each.says ?? '', 80),
          each.needsPerson === null ? 'unknown' : each.needsPerson ? 'yes' : 'no',
          each.overdue === null ? 'unknown' : each.overdue ? 'yes: first-comment doctor' : 'no',
        ]),
      ),
    ],
  ];
  return sections.map(([title, body]) => `${title}\n${body.replaceAll(/^/gm, '  ')}\n`).join('\n');
}

/** What ends a wait: a person's command, or nothing but time. */
function toDo({ reason, key, ads: [first = ''] }: Overview['waiting'][number]): string {
  const parsed = parseAd(first);
  return (parsed.ok && commandFor(parsed.ad, { reason, key })) || 'goes on by itself';
}

function list(head: readonly string[], rows: readonly string[][]): string {
  return rows.length === 0 ? 'none' : table(head, rows);
}
