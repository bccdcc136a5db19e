import { type RawBuilder, sql } from 'kysely';
import type { GateRequest } from '../gate.ts';
import type { Belonging } from '../publications.ts';
import { type Claim, type ClaimRow, claimOf } from './claim-rows.ts';
import type { Db } from './connect.ts';
import { COUNTS, marketUnder, namesOf } from './counted-ads.ts';
import { pausesCovering } from './scopes.ts';
import { surfaceRow } from './surface-rows.ts';
import { type CoveringOrder, ordersCovering } from './withdrawals.ts';

/** A pause of an operator, or a breaker of the ledger itself, that covers what is about to be sent. */
export interface CoveringPause {
  readonly id: string;
  readonly scope: string;
  readonly value: string;
  readonly by: string;
  readonly why: string;
}

/** What the gate looks at; read under the claim's lock and the shared control row, so it holds until the commit. */
export interface GateState {
  readonly claim: Claim & {
    /** The newest generation in which the thread was read whole. */
    readonly wholeLookGeneration: number;
  };
  readonly generation: number;
  /** A comment of ours is recorded that nobody removed, whatever the claim says. */
  readonly stands: boolean;
  /** An earlier attempt of which nobody knows whether it left a comment. */
  readonly openAttempt: number | null;
  /** The number that this attempt would have over the surface's whole life. */
  readonly nextN: number;
  /** Attempts that count against the limit, for a new comment or for edits of this one: all but those of which nothing left, or to which the platform said "not now". */
  readonly spentAttempts: number;
  readonly pauses: readonly CoveringPause[];
  readonly breakers: readonly CoveringPause[];
  readonly withdrawals: readonly CoveringOrder[];
  /** Who cancelled this very run. */
  readonly cancelledBy: string | null;
  readonly copy: { readonly approved: boolean; readonly revoked: boolean; readonly inForce: boolean };
  readonly facts: {
    readonly surfaceId: string;
    readonly brandDigest: string;
    /** By the database's clock. */
    readonly ageMs: number;
    readonly proposal: RecordedProposal;
  };
  readonly judgement: RecordedJudgement | null;
  /** Of the comment that is to be edited and the order by which; `null` where a new one is written. */
  readonly edited: { readonly stands: boolean; readonly orderLiftedBy: string | null } | null;
  readonly released: boolean;
  /** Other ads on the surface that do not speak for the market of this attempt, as people write them. */
  readonly foreignAds: readonly string[];
}

export interface RecordedJudgement {
  readonly verdict: 'pass' | 'hold' | 'block';
  readonly releaseDigest: string;
  /** The brand folder of the worker that judged; it need not be the one that gathered the facts. */
  readonly brandDigest: string;
}

/** The part of a recorded proposal that the gate compares; all absent where none could be made. */
export interface RecordedProposal {
  readonly text?: string;
  readonly bytesHash?: string;
  readonly copyHash?: string;
  readonly marketId?: string;
  readonly patternId?: string;
}

/** Names a row that the request rests on and that is not there. */
export interface MissingRow {
  readonly missing: string;
}

/**
 * A throttle, a dead token and a breaker are waited out, for days if need be, and a missing permission is granted and the
 * run retried; none of them must use up the surface's attempts.
 */
const NOT_NOW = sql`(result_kind = 'not-sent'
  or (result_kind = 'refused' and result ->> 'why' in ('throttled', 'auth', 'permission', 'policy')))`;

/** Locks the claim `FOR UPDATE` and the control row `FOR SHARE`, then reads what the conditions need. */
export async function readGateState(db: Db, request: GateRequest): Promise<GateState | MissingRow> {
  const row = surfaceRow(request.surface);
  const locked = await sql<LookedClaimRow>`
    select claims.cluster, claims.namespace, claims.workflow_id, claims.epoch, claims.state, claims.whole_look_generation from claims, control
    where claims.surface = ${row} for update of claims for share of control`.execute(db);
  const claim = locked.rows[0];
  if (!claim) return { missing: `the claim on ${row}` };

  // A statement of its own: its snapshot is taken after the locks, so it sees every order that was given before.
  const read = await sql<StateRow>`
    select
      (select generation from ledger) as generation,
      exists (select from publications where surface = ${row} and removed_at is null) as stands,
      (select min(n) from attempts where surface = ${row} and (result_kind is null or result_kind = 'unknown')) as open_attempt,
      (select coalesce(max(n), 0) + 1 from attempts where surface = ${row}) as next_n,
      (select count(*)::int from attempts where surface = ${row}
        and edits is not distinct from ${request.edits?.commentId ?? null}::text and not coalesce(${NOT_NOW}, false)) as spent_attempts,
      ${editedBy(row, request.edits)} as edited,
      ${pausesOf('pause', request)} as pauses,
      ${pausesOf('breaker', request)} as breakers,
      ${ordersCovering(request.surface, belongingOf(request))} as withdrawals,
      (select closed_by from gate_closures
        where workflow_id = ${request.owner.workflowId} and run_id = ${request.runId}) as cancelled_by,
      approval.approved, approval.standing, approval.in_force,
      facts.surface_id, facts.brand_digest, facts.proposal,
      extract(epoch from clock_timestamp() - least(facts.gathered_at, facts.recorded_at))::float8 * 1000 as age_ms,
      judgements.verdict, judgements.release_digest, judgements.brand_digest as judged_under,
      exists (select from releases where workflow_id = ${request.owner.workflowId}
        and surface_id = ${request.surface.surfaceId} and release_digest = ${request.releaseDigest}) as released,
      ${foreignAdsOf(row, request.scope.marketId, request.marketDigest)} as foreign_ads
    from facts
    join runs using (workflow_id, run_id)
    left join judgements using (facts_id)
    cross join (
      select
        count(*) > 0 as approved,
        count(*) filter (where not revoked) > 0 as standing,
        count(*) filter (where not revoked and (expires_at is null or expires_at > clock_timestamp())) > 0 as in_force
      from (
        select expires_at, exists (
          select from copy_revocations
          where copy_revocations.copy_hash = copy_approvals.copy_hash and revoked_at >= imported_at) as revoked
        from copy_approvals where copy_hash = ${request.copyHash}) as each
    ) as approval
    where facts_id = ${request.factsId}`.execute(db);
  const state = read.rows[0];
  if (!state) return { missing: `the facts ${request.factsId}` };
  return {
    claim: { ...claimOf(claim), wholeLookGeneration: claim.whole_look_generation },
    generation: state.generation,
    stands: state.stands,
    openAttempt: state.open_attempt,
    nextN: state.next_n,
    spentAttempts: state.spent_attempts,
    pauses: state.pauses,
    breakers: state.breakers,
    withdrawals: state.withdrawals,
    cancelledBy: state.cancelled_by,
    copy: { approved: state.approved, revoked: !state.standing, inForce: state.in_force },
    facts: {
      surfaceId: state.surface_id,
      brandDigest: state.brand_digest,
      ageMs: state.age_ms,
      proposal: state.proposal,
    },
    judgement:
      state.verdict !== null && state.release_digest !== null && state.judged_under !== null
        ? { verdict: state.verdict, releaseDigest: state.release_digest, brandDigest: state.judged_under }
        : null,
    edited: state.edited,
    released: state.released,
    foreignAds: state.foreign_ads,
  };
}

interface LookedClaimRow extends ClaimRow {
  readonly whole_look_generation: number;
}

interface StateRow {
  readonly generation: number;
  readonly stands: boolean;
  readonly open_attempt: number | null;
  readonly next_n: number;
  readonly spent_attempts: number;
  readonly edited: GateState['edited'];
  readonly pauses: readonly CoveringPause[];
  readonly breakers: readonly CoveringPause[];
  readonly withdrawals: readonly CoveringOrder[];
  readonly cancelled_by: string | null;
  readonly approved: boolean;
  readonly standing: boolean;
  readonly in_force: boolean;
  readonly surface_id: string;
  readonly brand_digest: string;
  readonly proposal: RecordedProposal;
  readonly age_ms: number;
  readonly verdict: 'pass' | 'hold' | 'block' | null;
  readonly release_digest: string | null;
  readonly judged_under: string | null;
  readonly released: boolean;
  readonly foreign_ads: readonly string[];
}

/** Ads other than the run's own that are shown on the surface and speak for another market, or for none that is clear. */
export function foreignAdsOf(row: string, marketId: string, marketDigest: string): RawBuilder<unknown> {
  return sql`(select coalesce(json_agg(
      edge.platform || '/' || edge.account_id || '/' || edge.ad_id || coalesce(' (' || market.market_id || ')', '')
      order by edge.platform, edge.account_id, edge.ad_id), '[]'::json)
    from ${namesOf(sql`${row}::text`)} as names
    join ad_surfaces as edge on edge.surface = names.named
    join ads on (ads.platform, ads.account_id, ads.ad_id) = (edge.platform, edge.account_id, edge.ad_id)
    left join edge_markets as market on ${marketUnder(marketDigest)}
    where ${COUNTS}
      and (edge.platform, edge.account_id, edge.ad_id) <> (runs.platform, runs.account_id, runs.ad_id)
      and market.market_id is distinct from ${marketId})`;
}

/** The standing pauses or breakers that cover this request, oldest first, as one value. */
function pausesOf(kind: 'pause' | 'breaker', { scope }: GateRequest): RawBuilder<unknown> {
  return sql`(select coalesce(json_agg(covering), '[]'::json) from (
    select pause_id as id, scope, value, paused_by as by, why from pauses
    where kind = ${kind} and lifted_at is null and ${pausesCovering(scope)} order by paused_at) as covering)`;
}

function editedBy(row: string, edits: GateRequest['edits']): RawBuilder<unknown> {
  if (!edits) return sql`null::json`;
  return sql`json_build_object(
    'stands', exists (select from publications where surface = ${row} and comment_id = ${edits.commentId}
      and removed_at is null and removing_since is null),
    'orderLiftedBy', (select lifted_by from withdrawal_orders where order_id = ${edits.orderId}))`;
}

/** To whom the comment would belong. */
function belongingOf({ scope, adId, copyHash, copyVersion }: GateRequest): Belonging {
  return { ...scope, adId, copyHash, copyVersion };
}
