import { sql } from 'kysely';
import type { AccountRef, ListedPage, RecordedPage, SurveyLease, SurveyPace, SurveyTurn } from '../known-ads.ts';
import type { Db } from './connect.ts';
import { noteMismatches } from './known-ads.ts';
import { recordSightings } from './sightings.ts';

/** Milliseconds until the first of the accounts is due; 0 when one is due, or was never surveyed. */
export async function surveyDueInMs(db: Db, accounts: readonly AccountRef[], everyMs: number): Promise<number> {
  const asked = JSON.stringify(accounts.map(({ platform, accountId }) => ({ platform, account_id: accountId })));
  const found = await sql<{ due_in_ms: number | null }>`
    select min(greatest(0, coalesce(
        extract(epoch from covered_until - clock_timestamp())::float8 * 1000 + ${everyMs}, 0)))::float8 as due_in_ms
    from json_to_recordset(${asked}::json) as asked(platform text, account_id text)
    left join surveys using (platform, account_id)`.execute(db);
  return found.rows[0]?.due_in_ms ?? 0;
}

/** Takes the account's survey, by one statement, so that of several workers one gets it. */
export async function takeSurvey(db: Db, account: AccountRef, pace: SurveyPace): Promise<SurveyTurn> {
  const { platform, accountId } = account;
  const { everyMs, wholeEveryMs, skewMs, leaseMs } = pace;
  await sql`insert into surveys (platform, account_id) values (${platform}, ${accountId}) on conflict do nothing`.execute(db);
  // A listing that was left in the midst goes on, unless it is so old that its first pages say little.
  const goesOn = sql`(cursor is not null and began_at > clock_timestamp() - ${ms(wholeEveryMs)})`;
  const taken = await sql<LeaseRow>`
    update surveys set
      lease = gen_random_uuid(),
      leased_until = clock_timestamp() + ${ms(leaseMs)},
      whole = case when ${goesOn} then whole
        else whole_until is null or whole_until <= clock_timestamp() - ${ms(wholeEveryMs)} end,
      began_at = case when ${goesOn} then began_at else clock_timestamp() end,
      cursor = case when ${goesOn} then cursor end,
      pages = case when ${goesOn} then pages else 0 end,
      ads = case when ${goesOn} then ads else 0 end,
      misfits = case when ${goesOn} then misfits else 0 end,
      unreadable = case when ${goesOn} then unreadable else 0 end
    where platform = ${platform} and account_id = ${accountId}
      and (leased_until is null or leased_until <= clock_timestamp())
      and (covered_until is null or covered_until <= clock_timestamp() - ${ms(everyMs)})
    returning ${leaseColumns(skewMs)}`.execute(db);
  const row = taken.rows[0];
  if (row) return { kind: 'yours', lease: leaseOf(account, row) };
  return (await surveyDueInMs(db, [account], everyMs)) > 0 ? { kind: 'not-due' } : { kind: 'held' };
}

/**
 * Keeps one page of the listing, notes mismatches, and only then goes on to the next page: whatever fails in between is done
 * again with the page. Mismatches are looked for once the edges are committed, so that of two writers one sees both.
 */
export async function recordListing(
  db: Db,
  { account, token, askedAt }: SurveyLease,
  { sightings, misfits, unreadable, next }: ListedPage,
  { skewMs, leaseMs }: SurveyPace,
): Promise<RecordedPage | null> {
  if (!(await stillOurs(db, account, token))) return null;
  await recordSightings(db, sightings, askedAt);
  const mismatched = await noteMismatches(db, { ads: sightings.map(({ ad }) => ad) });
  return db.transaction().execute(async (transaction) => {
    const renewed = await sql<LeaseRow>`
      update surveys set leased_until = clock_timestamp() + ${ms(leaseMs)}, cursor = ${next}, pages = pages + 1,
        ads = ads + ${sightings.length}, misfits = misfits + ${misfits}, unreadable = unreadable + ${unreadable}
      where ${heldBy(account, token)} returning ${leaseColumns(skewMs)}`.execute(transaction);
    const row = renewed.rows[0];
    if (!row) return null;
    if (next === null) await finish(transaction, account, skewMs);
    return { lease: leaseOf(account, row), mismatched };
  });
}

async function stillOurs(db: Db, account: AccountRef, token: string): Promise<boolean> {
  const held = await sql`select from surveys where ${heldBy(account, token)}`.execute(db);
  return held.rows.length > 0;
}

/**
 * The account's ads are known up to the moment at which the listing began. After a whole one, ads that it did not name are
 * shown no more: archived or deleted – unless a row could not be read, which may have been theirs.
 */
async function finish(db: Db, { platform, accountId }: AccountRef, skewMs: number): Promise<void> {
  await sql`
    with finished as (
      update surveys set covered_until = began_at, whole_until = case when whole then began_at else whole_until end,
        finished_at = clock_timestamp(), lease = null, leased_until = null
      where platform = ${platform} and account_id = ${accountId}
      returning platform, account_id, began_at, whole and unreadable = 0 as conclusive
    )
    update ads set unlisted = true from finished
    where (ads.platform, ads.account_id) = (finished.platform, finished.account_id)
      and finished.conclusive and not ads.unlisted and ads.last_seen_at < finished.began_at - ${ms(skewMs)}`.execute(db);
}

export async function restartListing(
  db: Db,
  { account, token }: SurveyLease,
  { skewMs, leaseMs }: SurveyPace,
): Promise<SurveyLease | null> {
  const restarted = await sql<LeaseRow>`
    update surveys set leased_until = clock_timestamp() + ${ms(leaseMs)}, began_at = clock_timestamp(), cursor = null,
      pages = 0, ads = 0, misfits = 0, unreadable = 0
    where ${heldBy(account, token)} returning ${leaseColumns(skewMs)}`.execute(db);
  const row = restarted.rows[0];
  return row ? leaseOf(account, row) : null;
}

export async function leaveSurvey(db: Db, { account, token }: SurveyLease): Promise<void> {
  await sql`update surveys set lease = null, leased_until = null where ${heldBy(account, token)}`.execute(db);
}

interface LeaseRow {
  readonly token: string;
  readonly changed_since: Date | null;
  readonly cursor: string | null;
  readonly pages: number;
  readonly asked_at: string;
}

function leaseColumns(skewMs: number) {
  return sql`lease as token, case when not whole then covered_until - ${ms(skewMs)} end as changed_since, cursor, pages,
    clock_timestamp()::text as asked_at`;
}

function leaseOf(account: AccountRef, row: LeaseRow): SurveyLease {
  const changedSince = row.changed_since?.toISOString() ?? null;
  return { account, token: row.token, changedSince, after: row.cursor, pages: row.pages, askedAt: row.asked_at };
}

/** A lease that ran out is still held as long as nobody else took it. */
function heldBy({ platform, accountId }: AccountRef, token: string) {
  return sql`platform = ${platform} and account_id = ${accountId} and lease = ${token}::uuid`;
}

function ms(milliseconds: number) {
  return sql`${milliseconds} * interval '1 millisecond'`;
}
