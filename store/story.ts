import { type RawBuilder, sql } from 'kysely';
import type { AdRef } from '../domain/ad.ts';
import type { AdSnapshot, NoProposal, Proposal, RunMode, UnusableSurface } from '../domain/facts.ts';
import type { RuleVerdict } from '../domain/guardrail.ts';
import type { OrderCriteria } from '../domain/order-criteria.ts';
import type { Outcome, WaitingReason } from '../domain/outcome.ts';
import type { Surface, SurfaceKind } from '../domain/surface.ts';
import type { AttemptResult } from './attempts.ts';
import type { ClaimState } from './claims.ts';
import type { Db } from './postgres/connect.ts';
import { A_COMMENT, CRITERIA, covers } from './postgres/order-criteria.ts';
import { type Recorded, readTimes } from './postgres/times.ts';
import type { Publication } from './publications.ts';

/** Everything the ledger knows of one ad, each list in the order of its times (ISO 8601, UTC). */
export interface Story {
  readonly ad: AdRef;
  readonly marketId: string | null;
  readonly runs: readonly StoryRun[];
  readonly resolutions: readonly StoryResolution[];
  readonly judgements: readonly StoryJudgement[];
  readonly releases: readonly StoryRelease[];
  readonly rejections: readonly StoryRejection[];
  readonly claims: readonly StoryClaim[];
  readonly attempts: readonly StoryAttempt[];
  readonly publications: readonly StoryPublication[];
  readonly visibility: readonly StoryLook[];
  readonly plannedLooks: readonly StoryPlannedLook[];
  readonly baselines: readonly StoryBaseline[];
  readonly waiting: readonly StoryWaiting[];
  readonly incidents: readonly StoryIncident[];
  /** Orders that withdrew something of the ad's surfaces, or that cover what stands there. */
  readonly orders: readonly StoryOrder[];
  readonly withdrawn: readonly StoryWithdrawn[];
}

export interface StoryRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly mode: RunMode;
  readonly brandDigest: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** `null` while it runs, and with `endedAt` where it was continued in another execution, as `says` says. */
  readonly outcome: Outcome | null;
  readonly says: string | null;
  readonly surfaces: readonly {
    readonly surfaceId: string;
    readonly kind: SurfaceKind;
    readonly outcome: Outcome;
    readonly says: string;
  }[];
}

export interface StoryResolution {
  readonly at: string;
  readonly runId: string;
  readonly snapshot: AdSnapshot;
  readonly surfaces: readonly Surface[];
  readonly unusable: readonly UnusableSurface[];
}

export interface StoryJudgement {
  readonly at: string;
  readonly runId: string;
  readonly factsId: string;
  readonly surfaceId: string;
  readonly gatheredAt: string;
  readonly proposal: Proposal | NoProposal;
  /** `null` when the facts were kept but never judged. */
  readonly verdict: 'pass' | 'hold' | 'block' | null;
  readonly outcome: Outcome | null;
  readonly releaseDigest: string | null;
  readonly verdicts: readonly RuleVerdict[];
}

export interface StoryRelease {
  readonly at: string;
  readonly surfaceId: string;
  readonly releaseDigest: string;
  readonly by: string;
  readonly why: string;
}

export interface StoryRejection {
  readonly at: string;
  readonly runId: string;
  readonly by: string;
  readonly why: string;
}

export interface StoryClaim {
  readonly at: string;
  readonly surfaceId: string;
  readonly kind: SurfaceKind;
  /** Also when another ad's run holds it. */
  readonly workflowId: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly epoch: number;
  readonly state: ClaimState;
  readonly surfaceKey: string;
}

export interface StoryAttempt {
  /** When the gate let it pass. */
  readonly at: string;
  readonly attemptId: string;
  readonly surfaceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly epoch: number;
  readonly n: number;
  readonly text: string;
  readonly bytesHash: string;
  /** The comment that it edits; `null` for an attempt that writes a new one. */
  readonly edits: string | null;
  readonly result: AttemptResult | null;
  /** Who said what became of it, and when. */
  readonly records: readonly { readonly by: string; readonly at: string; readonly result: AttemptResult }[];
}

export interface StoryPublication {
  readonly at: string;
  readonly surfaceId: string;
  readonly commentId: string;
  readonly attemptId: string | null;
  readonly text: string;
  readonly origin: Publication['origin'];
  /** `null` while it stands. */
  readonly removed: { readonly at: string; readonly by: string; readonly says: string } | null;
}

export interface StoryLook {
  readonly at: string;
  readonly surfaceId: string;
  readonly commentId: string;
  readonly visible: boolean;
  readonly says: string;
  readonly rank: number | null;
  readonly of: number | null;
}

export interface StoryPlannedLook {
  /** When it is due. */
  readonly at: string;
  readonly surface: string;
  readonly commentId: string;
  readonly doneAt: string | null;
}

export interface StoryBaseline {
  readonly at: string;
  readonly runId: string;
  readonly since: string;
  readonly until: string;
  readonly delivered: boolean;
  readonly rows: number;
  readonly impressions: number;
  readonly clicks: number;
  /** Decimal string in `currency`. */
  readonly spend: string;
  readonly currency: string;
  readonly surfaces: readonly { readonly surfaceId: string; readonly thread: unknown; readonly utm: unknown }[];
}

export interface StoryWaiting {
  readonly at: string;
  readonly runId: string;
  readonly reason: WaitingReason;
  readonly key: string;
  readonly until: string | null;
}

export interface StoryIncident {
  readonly at: string;
  readonly kind: string;
  readonly surfaceId: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly did: string;
}

export interface StoryOrder {
  readonly at: string;
  readonly orderId: string;
  readonly criteria: OrderCriteria;
  readonly by: string;
  readonly why: string;
  readonly liftedAt: string | null;
  readonly liftedBy: string | null;
  readonly liftedWhy: string | null;
}

/** What became of a comment under an order. */
export interface StoryWithdrawn {
  readonly at: string;
  readonly orderId: string;
  readonly surface: string;
  readonly commentId: string;
  readonly removed: boolean;
  readonly edited: boolean;
  readonly says: string;
}

/** Tells the ad's whole story from the ledger alone; empty lists for an ad that it never saw. */
export async function readStory(db: Db, ad: AdRef): Promise<Story> {
  const ofAd = sql`platform = ${ad.platform} and account_id = ${ad.accountId} and ad_id = ${ad.adId}`;
  const ofRuns = sql`(workflow_id, run_id) in (select workflow_id, run_id from runs where ${ofAd})`;
  const ofWorkflows = sql`workflow_id in (select workflow_id from runs where ${ofAd})`;
  const surfaces = sql`(select surface from ad_surfaces where ${ofAd})`;
  const surfaceIds = sql`(select surface_id from surfaces where surface in ${surfaces})`;
  const list = <Row extends object>(query: RawBuilder<unknown>) => readTimes<Row>(db, query as RawBuilder<Recorded<Row>>);

  const market = await sql<{ market_id: string | null }>`select market_id from ads where ${ofAd}`.execute(db);
  return {
    ad,
    marketId: market.rows[0]?.market_id ?? null,
    runs: await list<StoryRun>(sql`
      select workflow_id as "workflowId", run_id as "runId", mode, brand_digest as "brandDigest",
        started_at as "startedAt", ended_at as "endedAt", outcome, says,
        (select coalesce(json_agg(json_build_object(
            'surfaceId', surface_id, 'kind', kind, 'outcome', ended.outcome, 'says', ended.says) order by kind, surface_id), '[]'::json)
          from run_surfaces as ended where (ended.workflow_id, ended.run_id) = (runs.workflow_id, runs.run_id)) as surfaces
      from runs where ${ofAd} order by started_at`),
    resolutions: await list<StoryResolution>(sql`
      select resolved_at as at, run_id as "runId", snapshot, surfaces, unusable
      from resolutions where ${ofRuns} order by resolved_at`),
    judgements: await list<StoryJudgement>(sql`
      select coalesce(judged_at, recorded_at) as at, run_id as "runId", facts_id as "factsId", surface_id as "surfaceId",
        gathered_at as "gatheredAt", proposal, verdict, outcome, release_digest as "releaseDigest",
        coalesce(verdicts, '[]'::json) as verdicts
      from facts left join judgements using (facts_id) where ${ofRuns} order by recorded_at`),
    releases: await list<StoryRelease>(sql`
      select released_at as at, surface_id as "surfaceId", release_digest as "releaseDigest", released_by as by, why
      from releases where ${ofWorkflows} order by released_at`),
    rejections: await list<StoryRejection>(sql`
      select rejected_at as at, run_id as "runId", rejected_by as by, why
      from rejections where ${ofRuns} order by rejected_at`),
    claims: await list<StoryClaim>(sql`
      select changed_at as at, surface_id as "surfaceId", kind, workflow_id as "workflowId", namespace, cluster, epoch, state,
        surface_key as "surfaceKey"
      from claims join surfaces using (surface) where surface in ${surfaces} order by changed_at`),
    attempts: await list<StoryAttempt>(sql`
      select gate_at as at, attempt_id as "attemptId", surface_id as "surfaceId", workflow_id as "workflowId", run_id as "runId",
        epoch, n, text, bytes_hash as "bytesHash", edits, result,
        (select coalesce(json_agg(json_build_object(
            'by', recorded_by, 'at', to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'result', record.result)
            order by recorded_at), '[]'::json)
          from attempt_records as record where record.attempt_id = attempts.attempt_id) as records
      from attempts where surface in ${surfaces} order by gate_at`),
    publications: await list<StoryPublication>(sql`
      select published_at as at, surface_id as "surfaceId", comment_id as "commentId", attempt_id as "attemptId", text, origin,
        case when removed_at is not null then json_build_object(
          'at', to_char(removed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', removed_by, 'says', removed_says) end as removed
      from publications where surface in ${surfaces} order by published_at, comment_id`),
    visibility: await list<StoryLook>(sql`
      select looked_at as at, surface_id as "surfaceId", comment_id as "commentId", visible, says, rank, of
      from visibility_looks where surface in ${surfaces} order by looked_at`),
    plannedLooks: await list<StoryPlannedLook>(sql`
      select due_at as at, surface, comment_id as "commentId", done_at as "doneAt"
      from planned_looks where surface in ${surfaces} order by due_at`),
    baselines: await list<StoryBaseline>(sql`
      select frozen_at as at, run_id as "runId", since::text, until::text, delivered, currency,
        days.rows, days.impressions, days.clicks, days.spend,
        (select coalesce(json_agg(json_build_object('surfaceId', surface_id, 'thread', thread, 'utm', utm) order by surface_id), '[]'::json)
          from baseline_surfaces as seen where seen.baseline_id = baselines.baseline_id) as surfaces
      from baselines cross join lateral (
        select count(*)::int as rows, coalesce(sum(impressions), 0)::float8 as impressions,
          coalesce(sum(clicks), 0)::float8 as clicks, coalesce(sum(spend), 0)::text as spend
        from baseline_days where baseline_days.baseline_id = baselines.baseline_id) as days
      where ${ofAd} order by frozen_at`),
    waiting: await list<StoryWaiting>(sql`
      select since as at, run_id as "runId", reason, key, until from waiting where ${ofWorkflows} order by since`),
    incidents: await list<StoryIncident>(sql`
      select happened_at as at, kind, surface_id as "surfaceId", evidence, did
      from incidents where surface_id in ${surfaceIds} order by happened_at`),
    orders: await list<StoryOrder>(sql`
      select ordered_at as at, order_id as "orderId", ${CRITERIA} as criteria, ordered_by as by, why,
        lifted_at as "liftedAt", lifted_by as "liftedBy", lifted_why as "liftedWhy"
      from withdrawal_orders where order_id in (select withdrawn_by from claims where surface in ${surfaces})
        or order_id in (select order_id from order_comments where surface in ${surfaces})
        or (lifted_at is null and exists (
          select from publications where surface in ${surfaces} and removed_at is null and ${covers(A_COMMENT)}))
      order by ordered_at`),
    withdrawn: await list<StoryWithdrawn>(sql`
      select tried_at as at, order_id as "orderId", surface, comment_id as "commentId", removed, edited, says
      from order_comments where surface in ${surfaces} order by tried_at`),
  };
}
