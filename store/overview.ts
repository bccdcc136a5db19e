import { type RawBuilder, sql } from 'kysely';
import type { AdRef } from '../domain/ad.ts';
import { tellCriteria } from '../domain/order-criteria.ts';
import { needsHuman, OUTCOMES, type Outcome, type WaitingReason } from '../domain/outcome.ts';
import type { ClaimState } from './claims.ts';
import type { Db } from './postgres/connect.ts';
import { OPEN_INCIDENTS, openIncidents } from './postgres/open-incidents.ts';
import { selectOrders } from './postgres/retracts.ts';
import { type Recorded, readTimes } from './postgres/times.ts';
import type { OpenIncidents } from './sweeping.ts';
import type { WithdrawalOrder } from './withdrawals.ts';

/** The state of everything, for `status` without an ad. Times are ISO 8601, UTC. */
export interface Overview {
  readonly generation: number;
  /** Pauses and breakers that stand, oldest first. */
  readonly pauses: readonly StandingPause[];
  readonly withdrawals: readonly StandingWithdrawal[];
  readonly waiting: readonly {
    readonly reason: WaitingReason;
    readonly key: string;
    readonly runs: number;
    readonly since: string;
    /** The ads of some of them, as the command line takes them. */
    readonly ads: readonly string[];
  }[];
  /** One that was continued in another execution neither runs nor ended. */
  readonly runs: { readonly running: number; readonly ended: number };
  readonly surfaces: readonly { readonly state: ClaimState; readonly surfaces: number }[];
  readonly outcomes: readonly { readonly outcome: Outcome; readonly runs: number }[];
  /** Ads whose newest end leaves something for a person to look at, newest first; the first of them. */
  readonly needsLook: readonly LastEnd[];
  /** The latest ends, newest first. */
  readonly lastEnds: readonly LastEnd[];
  readonly openAttempts: number;
  /** The oldest open attempts; `orphaned` when the run that made it has ended, so that a sweep settles it. */
  readonly attempts: readonly {
    readonly attemptId: string;
    readonly surfaceId: string;
    readonly ad: AdRef;
    readonly since: string;
    readonly orphaned: boolean;
  }[];
  readonly looksDue: number;
  readonly incidents: readonly {
    readonly kind: string;
    readonly incidents: number;
    /** How many of them still ask for a person. */
    readonly open: number;
    readonly last: string;
    /** Where the newest happened, and what was done. */
    readonly surfaceId: string;
    readonly did: string;
  }[];
  /** Those of them that still ask for a person, by account; one that concerns several is counted for each. */
  readonly openIncidents: readonly OpenIncidents[];
  /** The last sweep of each account that was swept or whose ads are known. */
  readonly sweeps: readonly LastSweep[];
  /** Accounts whose token was tried because runs wait for it; `usable` is `null` where no answer was noted. */
  readonly probes: readonly {
    readonly account: string;
    readonly at: string;
    readonly nextAt: string;
    readonly usable: boolean | null;
    readonly says: string | null;
  }[];
}

export interface LastSweep {
  readonly account: string;
  /** `null` where none ever began. */
  readonly begunAt: string | null;
  /** Milliseconds since then when it was read, by the database's clock. */
  readonly begunAgoMs: number | null;
  /** The one that began last has noted no end. */
  readonly unended: boolean;
  /** When the last one that ended did so, and what it said; `null` where none ever did. */
  readonly at: string | null;
  readonly says: string | null;
  readonly needsPerson: boolean | null;
}

export interface StandingPause {
  readonly id: string;
  readonly kind: 'pause' | 'breaker';
  readonly scope: string;
  readonly value: string;
  readonly by: string;
  readonly why: string;
  readonly at: string;
}

/** A withdrawal order that stands, and how far it is. */
export interface StandingWithdrawal extends Omit<WithdrawalOrder, 'lifted'> {
  /** Its criteria, for people. */
  readonly covers: string;
}

export interface LastEnd {
  readonly ad: AdRef;
  readonly runId: string;
  readonly at: string;
  readonly outcome: Outcome;
  readonly says: string;
}

const LAST_ENDS = 20;
const NAMED_ADS = 5;

export async function readOverview(db: Db): Promise<Overview> {
  const list = <Row extends object>(query: RawBuilder<unknown>) => readTimes<Row>(db, query as RawBuilder<Recorded<Row>>);
  const counts = await sql<{ generation: number; running: number; ended: number; open: number; due: number }>`
    select (select generation from ledger) as generation,
      (select count(*)::int from runs where ended_at is null) as running,
      (select count(*)::int from runs where outcome is not null) as ended,
      (select count(*)::int from attempts where result_kind is null or result_kind = 'unknown') as open,
      (select count(*)::int from planned_looks where done_at is null and due_at <= clock_timestamp()) as due`.execute(db);
  const count = counts.rows[0] ?? { generation: 0, running: 0, ended: 0, open: 0, due: 0 };
  return {
    generation: count.generation,
    pauses: await list(sql`
      select pause_id as id, kind, scope, value, paused_by as by, why, paused_at as at
      from pauses where lifted_at is null order by paused_at`),
    withdrawals: (await selectOrders(db, sql`lifted_at is null`)).map(({ lifted: _, ...order }) => ({
      ...order,
      covers: tellCriteria(order.criteria),
    })),
    waiting: await list(sql`
      select reason, key, count(distinct workflow_id)::int as runs, min(since) as since,
        (array_agg(distinct regexp_replace(workflow_id, '^first-comment/', '')))[1:${NAMED_ADS}] as ads
      from waiting group by reason, key order by runs desc, reason, key`),
    runs: { running: count.running, ended: count.ended },
    surfaces: await list(sql`select state, count(*)::int as surfaces from claims group by state order by state`),
    // Of each ad the newest end counts: a retry that made it visible has the last word.
    outcomes: await list(sql`
      select outcome, count(*)::int as runs from (
        select distinct on (platform, account_id, ad_id) outcome from runs
        where outcome is not null order by platform, account_id, ad_id, ended_at desc) as newest
      group by outcome order by runs desc, outcome`),
    needsLook: await list(sql`
      select * from (
        select distinct on (platform, account_id, ad_id)
          json_build_object('platform', platform, 'accountId', account_id, 'adId', ad_id) as ad,
          run_id as "runId", ended_at as at, outcome, says
        from runs where outcome is not null order by platform, account_id, ad_id, ended_at desc) as newest
      where outcome = any(${OUTCOMES.filter(needsHuman)}) order by at desc limit ${LAST_ENDS}`),
    lastEnds: await list(sql`
      select json_build_object('platform', platform, 'accountId', account_id, 'adId', ad_id) as ad,
        run_id as "runId", ended_at as at, outcome, says
      from runs where outcome is not null order by ended_at desc limit ${LAST_ENDS}`),
    openAttempts: count.open,
    looksDue: count.due,
    attempts: await list(sql`
      select attempt_id as "attemptId", attempts.surface_id as "surfaceId", gate_at as since, runs.ended_at is not null as orphaned,
        json_build_object('platform', runs.platform, 'accountId', attempts.account_id, 'adId', attempts.ad_id) as ad
      from attempts join runs using (workflow_id, run_id)
      where result_kind is null or result_kind = 'unknown' order by gate_at limit ${LAST_ENDS}`),
    incidents: await list(sql`
      select newest.*, coalesce(still.open, 0) as open from (
        select distinct on (kind) kind, count(*) over (partition by kind)::int as incidents, happened_at as last,
          surface_id as "surfaceId", did
        from incidents order by kind, happened_at desc) as newest
      left join (
        select kind, count(distinct incident_id)::int as open from (${OPEN_INCIDENTS}) as each group by kind) as still using (kind)
      order by kind`),
    openIncidents: await openIncidents(db),
    sweeps: await list(sql`
      select platform || '/' || account_id as account, begun_at as "begunAt",
        extract(epoch from clock_timestamp() - begun_at)::float8 * 1000 as "begunAgoMs",
        begun_at is not null and (swept_at is null or begun_at > swept_at) as unended,
        swept_at as at, says, needs_person as "needsPerson"
      from (select platform, account_id from ads union select platform, account_id from sweeps) as known
      left join sweeps using (platform, account_id) order by account`),
    probes: await list(sql`
      select platform || '/' || account_id as account, probed_at as at, next_at as "nextAt", usable, says
      from probes order by account`),
  };
}
