import { z } from 'zod';
import type { AdState } from '../../domain/facts.ts';
import { kindsWithThread } from '../../domain/placements.ts';
import { type AdPage, type CallContext, type ListedAd, PlatformError } from '../platform.ts';
import type { AccountBook, AccountFacts } from './accounts.ts';
import { AD_FIELDS, AD_STATES, AdNode, Status } from './ad-node.ts';
import { misfit } from './answer.ts';
import { Id } from './fields.ts';
import { type Graph, nameOf, SYSTEM } from './graph.ts';
import { namesOf } from './names.ts';
import { pageOf } from './paging.ts';
import { snapshotOf } from './snapshot.ts';

/** Of an ad that people may see, or see again. Deleted ads are on no edge: Meta refuses to list them. */
const LIVE_STATUSES = [...AD_STATES].flatMap(([status, state]) => (state === 'archived' || state === 'deleted' ? [] : [status]));

const Rows = pageOf(z.unknown());

/** Lists one page of an account's ads with all that `resolve` reads of an ad, by one call. */
export async function listAds(
  graph: Graph,
  accounts: AccountBook,
  request: { readonly changedSince: string | null; readonly after: string | null; readonly limit: number },
  context: CallContext,
): Promise<AdPage> {
  const { accountId } = context;
  const { changedSince, after, limit } = request;
  const account = await accounts(accountId, context);
  const statuses = changedSince === null ? LIVE_STATUSES : [...LIVE_STATUSES, 'ARCHIVED'];
  const params = {
    fields: AD_FIELDS,
    effective_status: JSON.stringify(statuses),
    limit: String(limit),
    ...(changedSince === null ? {} : { updated_since: String(Math.floor(Date.parse(changedSince) / 1_000)) }),
    ...(after === null ? {} : { after }),
  };
  const call = { node: accountId, edge: 'ads', params, as: SYSTEM, context };
  const { data, paging } = await graph.read(call, Rows);
  const rows = data.map((row) => readRow(row, account, accountId));
  return {
    ads: rows.flatMap((row) => (typeof row === 'string' ? [] : [row])),
    unreadable: rows.filter((row) => typeof row === 'string'),
    next: paging?.next ? cursorOf(paging.cursors?.after, nameOf('GET', call)) : null,
  };
}

function cursorOf(after: string | undefined, call: string): string {
  if (after !== undefined) return after;
  const message = `${call}: a page says that there is a next one but gives no cursor.`;
  throw new PlatformError({ kind: 'schema', platform: 'meta', message });
}

/** A row as an ad, or which fields of it do not fit. */
function readRow(row: unknown, account: AccountFacts, accountId: string): ListedAd | string {
  const read = AdNode.safeParse(row);
  if (!read.success) return readMisfit(row, misfit(read.error), accountId);
  const node = read.data;
  const ad = { platform: 'meta', accountId, adId: node.id } as const;
  const snapshot = snapshotOf(ad, node, account);
  const delivers = kindsWithThread(snapshot.placements);
  return {
    ad,
    snapshot,
    state: snapshot.state,
    names: namesOf(node.creative).filter(({ kind }) => delivers.includes(kind)),
    complete: node.creative.status !== 'IN_PROCESS' && snapshot.state !== 'in-process',
    misfit: null,
  };
}

const Identified = z.object({ id: Id });
const Stated = z.object({ effective_status: Status });
const Posted = z.object({ creative: z.object({ effective_object_story_id: Id }) });
const Pictured = z.object({ creative: z.object({ effective_instagram_media_id: Id }) });

/** The ids of a row that does not fit, as far as they can be read: what is missing there must not let its posts pass. */
function readMisfit(row: unknown, says: string, accountId: string): ListedAd | string {
  const identified = Identified.safeParse(row);
  if (!identified.success) return says;
  return {
    ad: { platform: 'meta', accountId, adId: identified.data.id },
    snapshot: null,
    state: stateOf(row),
    names: namesOf({
      effective_object_story_id: Posted.safeParse(row).data?.creative.effective_object_story_id ?? null,
      effective_instagram_media_id: Pictured.safeParse(row).data?.creative.effective_instagram_media_id ?? null,
    }),
    complete: false,
    misfit: says,
  };
}

function stateOf(row: unknown): AdState | null {
  return Stated.safeParse(row).data?.effective_status ?? null;
}
