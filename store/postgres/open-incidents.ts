import { type RawBuilder, sql } from 'kysely';
import type { AccountRef } from '../known-ads.ts';
import type { OpenIncidents } from '../sweeping.ts';
import { STILL_OPEN } from './attempt-rows.ts';
import type { Db } from './connect.ts';
import { namesOf } from './counted-ads.ts';
import { SEEN_SINCE } from './incidents.ts';
import { BEHIND } from './ledger-behind.ts';

/**
 * Which of them are looked at: of these kinds the ledger learns the end, however late. Not everything that a person does about the
 * others comes back to it: after 7 days they count as dealt with. The indexes of migration 0018 find both, for which the time must
 * be the same for all rows.
 */
const IS_WATCHED = sql`(incidents.kind in ('ledger-behind', 'second-comment', 'spam-verdict', 'unconfirmed')
  or happened_at > statement_timestamp() - interval '7 days')`;

/** The breaker that stood when it happened; one that was tripped later has an incident of its own. */
const STANDS_SINCE = sql`paused_at <= happened_at and lifted_at is null`;

/** Of a surface on which several comments should go, those that have not. */
const STILL_NAMED = sql`exists (select from publications
  where publications.surface = surfaces.surface and removed_at is null
    and jsonb_path_query_array(evidence::jsonb, '$.comments[*].commentId') ? comment_id)`;

/**
 * Whether something is still as it should not be: its attempt open, its breaker closed, two of the comments that stood at its time still
 * standing, a comment that it names neither removed by us nor seen by people since. The tables are named `incidents` and `surfaces`.
 */
const IS_OPEN = sql`${IS_WATCHED} and
  case incidents.kind
    when 'unconfirmed' then exists (select from attempts
      where attempts.surface = surfaces.surface and attempt_id::text = evidence ->> 'attemptId' and ${STILL_OPEN})
    when 'spam-verdict' then exists (select from pauses
      where kind = 'breaker' and scope = 'identityId' and value = evidence ->> 'identityId' and ${STANDS_SINCE})
    when 'ledger-behind' then exists (select from pauses where ${BEHIND} and ${STANDS_SINCE})
    when 'second-comment' then 1 < (select count(*) from publications
      where publications.surface = surfaces.surface and removed_at is null and recorded_at <= happened_at)
    else not ${SEEN_SINCE}
      and not exists (select from publications
        where publications.surface = surfaces.surface and comment_id = evidence ->> 'commentId' and removed_at is not null)
      and (evidence -> 'comments' is null or ${STILL_NAMED})
  end`;

/** Accounts whose ads show the surface, or in whose name something was written there: people see it under the ads of each. */
const CONCERNED = sql`
  select edge.platform, edge.account_id from ${namesOf(sql`surfaces.surface`)} as names
  join ad_surfaces as edge on edge.surface = names.named where edge.ended_at is null
  union select surfaces.platform, account_id from publications
  where publications.surface = surfaces.surface and account_id is not null
  union select surfaces.platform, account_id from attempts where attempts.surface = surfaces.surface`;

/** A row for each account that an open incident concerns; one without an account concerns all. */
export const OPEN_INCIDENTS: RawBuilder<unknown> = sql`
  select incidents.incident_id, incidents.kind, concerned.platform, concerned.account_id
  from incidents left join surfaces on surfaces.surface_id = incidents.surface_id
  left join lateral (${CONCERNED}) as concerned on true
  where ${IS_OPEN}`;

/** What concerns one account, by kind, as a JSON array for a part of another statement. */
export function openIncidentsOf({ platform, accountId }: AccountRef): RawBuilder<unknown> {
  return sql`(
    select coalesce(json_agg(json_build_object('kind', kind, 'incidents', incidents) order by kind), '[]'::json)
    from (
      select kind, count(*)::int as incidents from (${OPEN_INCIDENTS}) as open
      where (platform = ${platform} and account_id = ${accountId}) or account_id is null group by kind) as counts)`;
}

/** Of all accounts, and those that concern all of them. One that concerns several is counted for each. */
export async function openIncidents(db: Db): Promise<readonly OpenIncidents[]> {
  const found = await sql<OpenIncidents>`
    select platform || '/' || account_id as account, kind, count(*)::int as incidents from (${OPEN_INCIDENTS}) as open
    group by platform, account_id, kind order by account, kind`.execute(db);
  return found.rows;
}
