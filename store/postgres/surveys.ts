import { sql } from 'kysely';
import type { SurveyedAccount, SurveyKind, SurveyPace, SurveyTurn } from '../known-ads.ts';
import type { Db } from './connect.ts';
import { type LeaseRow, leaseColumns, leaseOf, ms, rowsOf } from './survey-rows.ts';

/** Milliseconds until the first of the accounts is due; 0 when one is due, or was never surveyed. */
export async function surveyDueInMs(db: Db, accounts: readonly SurveyedAccount[], everyMs: number): Promise<number> {
  const found = await sql<{ due_in_ms: number | null }>`
    select min(greatest(0, coalesce(
        extract(epoch from covered_until - clock_timestamp())::float8 * 1000 + ${everyMs}, 0)))::float8 as due_in_ms
    from (
      select max(covered_until) as covered_until from ${askedFor(accounts)} as asked
      left join surveys using (market_digest, platform, account_id) group by market_digest, platform, account_id
    ) as each`.execute(db);
  return found.rows[0]?.due_in_ms ?? 0;
}

/** Accounts that somebody lists right now, or that the platform keeps closed, are not asked for again. */
export async function wholeSurveyDue(db: Db, accounts: readonly SurveyedAccount[], wholeEveryMs: number): Promise<boolean> {
  const found = await sql`
    select from surveys join ${askedFor(accounts)} as asked using (market_digest, platform, account_id)
    where scope = 'whole' and covered_until <= clock_timestamp() - ${ms(wholeEveryMs)}
      and (leased_until is null or leased_until <= clock_timestamp())
      and (closed_until is null or closed_until <= clock_timestamp())
    limit 1`.execute(db);
  return found.rows.length > 0;
}

/**
 * Takes the account's survey, by one statement, so that of several workers one gets it. The listing of all ads and that of
 * changes have a row each: the one goes on while the other comes to its end.
 */
export async function takeSurvey(db: Db, account: SurveyedAccount, kind: SurveyKind, pace: SurveyPace): Promise<SurveyTurn> {
  const { everyMs, wholeEveryMs, skewMs, leaseMs } = pace;
  const { marketDigest, platform, accountId } = account;
  await sql`
    insert into surveys (market_digest, platform, account_id, scope)
    select ${marketDigest}, ${platform}, ${accountId}, scope from unnest(array['whole', 'changes']) as scope
    on conflict do nothing`.execute(db);
  const all = sql`(select covered_until from surveys where ${rowsOf(account)} and scope = 'whole')`;
  const known = sql`(select max(covered_until) from surveys where ${rowsOf(account)})`;
  // Of the row itself as far as can be: whoever waited for its lock sees it as it is then.
  const first = sql`(scope = 'whole' and covered_until is null)`;
  const changed = sql`(scope = 'changes' and ${all} is not null
    and (covered_until is null or covered_until <= clock_timestamp() - ${ms(everyMs)})
    and ${known} <= clock_timestamp() - ${ms(everyMs)})`;
  const again = sql`(scope = 'whole' and covered_until <= clock_timestamp() - ${ms(wholeEveryMs)})`;
  const due = kind === 'beside' ? again : sql`(${first} or ${changed})`;
  // A listing that was left in the midst goes on, unless it is so old that its first pages say little.
  const goesOn = sql`(cursor is not null and began_at > clock_timestamp() - ${ms(wholeEveryMs)})`;
  const taken = await sql<LeaseRow>`
    update surveys set
      lease = gen_random_uuid(),
      leased_until = clock_timestamp() + ${ms(leaseMs)},
      changed_since = case when scope = 'whole' then null when ${goesOn} then changed_since else ${known} end,
      began_at = case when ${goesOn} then began_at else clock_timestamp() end,
      cursor = case when ${goesOn} then cursor end,
      mark = case when ${goesOn} then mark end,
      pages = case when ${goesOn} then pages else 0 end,
      barren = case when ${goesOn} then barren else 0 end,
      ads = case when ${goesOn} then ads else 0 end,
      misfits = case when ${goesOn} then misfits else 0 end,
      unreadable = case when ${goesOn} then unreadable else 0 end
    where ${rowsOf(account)} and ${due}
      and (leased_until is null or leased_until <= clock_timestamp())
      and (closed_until is null or closed_until <= clock_timestamp())
    returning ${leaseColumns(skewMs)}`.execute(db);
  const row = taken.rows[0];
  if (row) return { kind: 'yours', lease: leaseOf(account, row) };

  const kept = await sql<KeptRow>`
    select closed_says, extract(epoch from closed_until - clock_timestamp())::float8 * 1000 as opens_in_ms,
      coalesce(extract(epoch from clock_timestamp() - began_at)::float8 * 1000, 0) as since_ms, pages, ads
    from surveys where ${rowsOf(account)} and ${due}`.execute(db);
  const other = kept.rows[0];
  if (!other) return { kind: 'not-due' };
  if (other.opens_in_ms !== null && other.opens_in_ms > 0) {
    return { kind: 'closed', opensInMs: Math.ceil(other.opens_in_ms), says: other.closed_says ?? 'not now' };
  }
  return { kind: 'held', sinceMs: other.since_ms, pages: other.pages, ads: other.ads };
}

interface KeptRow {
  readonly closed_says: string | null;
  readonly opens_in_ms: number | null;
  readonly since_ms: number;
  readonly pages: number;
  readonly ads: number;
}

function askedFor(accounts: readonly SurveyedAccount[]) {
  const asked = accounts.map(({ marketDigest, platform, accountId }) => ({
    market_digest: marketDigest,
    platform,
    account_id: accountId,
  }));
  return sql`(select * from json_to_recordset(${JSON.stringify(asked)}::json)
    as given(market_digest text, platform text, account_id text))`;
}
