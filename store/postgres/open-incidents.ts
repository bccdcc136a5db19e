import { type RawBuilder, sql } from 'kysely';
import type { AccountRef } from '../known-ads.ts';
import type { OpenIncidents } from '../sweeping.ts';
import { STILL_OPEN } from './attempt-rows.ts';
import type { Db } from './connect.ts';
import { BEHIND } from './ledger-behind.ts';

/** Not everything that a person does about an incident comes back to the ledger: after this long one counts as dealt with. */
const LONGEST = sql`interval '7 days'`;

/**
 * Whether an incident still asks for a person: until its attempt is settled, its breaker lifted, its comment removed by us or seen by
 * people again. The tables are named `incidents` and `surfaces`.
 */
const IS_OPEN = sql`
  case incidents.kind
    when 'unconfirmed' then exists (select from attempts
      where attempts.surface = surfaces.surface and attempt_id::text = evidence ->> 'attemptId' and ${STILL_OPEN})
    when 'spam-verdict' then exists (select from pauses
      where kind = 'breaker' and scope = 'identityId' and value = evidence ->> 'identityId' and lifted_at is null)
    when 'ledger-behind' then exists (select from pauses where ${BEHIND} and lifted_at is null)
    when 'second-comment' then happened_at > clock_timestamp() - ${LONGEST} and 1 < (
      select count(*) from publications where publications.surface = surfaces.surface and removed_at is null)
    else happened_at > clock_timestamp() - ${LONGEST}
      and not exists (select from publications
        where publications.surface = surfaces.surface and comment_id = evidence ->> 'commentId' and removed_at is not null)
      and not exists (select from visibility_looks as seen
        where seen.surface = surfaces.surface and seen.comment_id = evidence ->> 'commentId' and visible and looked_at > happened_at)
  end`;

/** The account in whose name the comment or attempt was written; of a surface that several share, one of them. */
const ACCOUNT = sql`coalesce(
  (select account_id from publications where publications.surface = surfaces.surface and comment_id = evidence ->> 'commentId'),
  (select account_id from attempts where attempts.surface = surfaces.surface and attempt_id::text = evidence ->> 'attemptId'),
  (select min(account_id) from publications where publications.surface = surfaces.surface),
  (select min(account_id) from attempts where attempts.surface = surfaces.surface))`;

const OPEN = sql`
  select incidents.kind, surfaces.platform, ${ACCOUNT} as account_id
  from incidents left join surfaces on surfaces.surface_id = incidents.surface_id
  where ${IS_OPEN}`;

/** Of one account by kind, as a JSON array for a part of another statement. */
export function openIncidentsOf({ platform, accountId }: AccountRef): RawBuilder<unknown> {
  return sql`(
    select coalesce(json_agg(json_build_object('kind', kind, 'incidents', incidents) order by kind), '[]'::json)
    from (
      select kind, count(*)::int as incidents from (${OPEN}) as open
      where platform = ${platform} and account_id = ${accountId} group by kind) as counts)`;
}

/** Of all accounts, and those that concern all of them. */
export async function openIncidents(db: Db): Promise<readonly OpenIncidents[]> {
  const found = await sql<OpenIncidents>`
    select platform || '/' || account_id as account, kind, count(*)::int as incidents from (${OPEN}) as open
    group by platform, account_id, kind order by account, kind`.execute(db);
  return found.rows;
}
