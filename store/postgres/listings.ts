import { sql } from 'kysely';
import type { AdSighting, ListedPage, RecordedPage, SurveyLease, SurveyPace } from '../known-ads.ts';
import type { Db } from './connect.ts';
import { noteMismatches } from './known-ads.ts';
import { recordSightings } from './sightings.ts';
import { heldBy, type LeaseRow, leaseColumns, leaseOf, ms, rowsOf } from './survey-rows.ts';

/** Ads on one page at most; Meta refuses pages that are too heavy to put together. */
const LARGEST_PAGE = 50;
const SMALLEST_PAGE = 5;
/** How much a page may grow after one that was answered. */
const GROWTH = 5;
/** Pages in a row that may name no ad which is new to the listing. Empty pages are nothing unusual, this many are. */
const MOST_BARREN = 1_000;
/** What was decided under a brand folder that nobody has used for so long is forgotten. */
const FORGOTTEN_AFTER = sql`interval '7 days'`;

/**
 * Keeps one page of the listing, notes mismatches, and only then goes on to the next page: whatever fails in between is done
 * again with the page. Mismatches are looked for once the edges are committed, so that of two writers one sees both.
 */
export async function recordListing(
  db: Db,
  lease: SurveyLease,
  { sightings, misfits, unreadable, next }: ListedPage,
  { skewMs, leaseMs }: SurveyPace,
): Promise<RecordedPage | null> {
  const news = await newsOf(db, lease, sightings);
  if (news === null) return null;
  await recordSightings(db, sightings, lease.askedAt);
  const mismatched = await noteMismatches(db, { ads: sightings.map(({ ad }) => ad) }, lease.account.marketDigest);
  const barren = news > 0 ? 0 : lease.barren + 1;
  const mark = markAfter(lease);
  return db.transaction().execute(async (transaction) => {
    const renewed = await sql<LeaseRow>`
      update surveys set leased_until = clock_timestamp() + ${ms(leaseMs)}, cursor = ${next}, mark = ${mark}, barren = ${barren},
        pages = pages + 1, ads = ads + ${sightings.length}, misfits = misfits + ${misfits},
        unreadable = unreadable + ${unreadable}, trouble = 0, page_size = least(${LARGEST_PAGE}, page_size + ${GROWTH})
      where ${heldBy(lease)} returning ${leaseColumns(skewMs)}`.execute(transaction);
    const row = renewed.rows[0];
    if (!row) return null;
    if (next === null) await finish(transaction, lease, skewMs);
    const circling = next !== null && (next === lease.after || next === mark || barren >= MOST_BARREN);
    return { lease: leaseOf(lease.account, row), mismatched, circling };
  });
}

/** The cursor to compare with: renewed after 1, 2, 4, 8 … pages, so that a circle of any length is found (Brent). */
function markAfter({ pages, after, mark }: SurveyLease): string | null {
  return (pages & (pages - 1)) === 0 ? after : mark;
}

/** How many of the ads were not seen since the listing began; `null` when the lease was lost. */
async function newsOf(db: Db, lease: SurveyLease, sightings: readonly AdSighting[]): Promise<number | null> {
  const given = sightings.map(({ ad }) => ({ platform: ad.platform, account_id: ad.accountId, ad_id: ad.adId }));
  const found = await sql<{ news: number }>`
    select (
      select count(*)::int from json_to_recordset(${JSON.stringify(given)}::json)
        as given(platform text, account_id text, ad_id text)
      left join ads using (platform, account_id, ad_id)
      where ads.last_seen_at is null or ads.last_seen_at < surveys.began_at) as news
    from surveys where ${heldBy(lease)}`.execute(db);
  return found.rows[0]?.news ?? null;
}

/**
 * The account's ads are known up to the moment at which the listing began. After a whole one, ads that it did not name are
 * shown no more: archived or deleted – unless a row could not be read, which may have been theirs.
 */
async function finish(db: Db, lease: SurveyLease, skewMs: number): Promise<void> {
  const { platform, accountId, marketDigest } = lease.account;
  await sql`
    with finished as (
      update surveys set covered_until = began_at, finished_at = clock_timestamp(), lease = null, leased_until = null
      where ${heldBy(lease)}
      returning platform, account_id, began_at, scope = 'whole' and unreadable = 0 as conclusive
    )
    update ads set unlisted = true from finished
    where (ads.platform, ads.account_id) = (finished.platform, finished.account_id)
      and finished.conclusive and not ads.unlisted and ads.last_seen_at < finished.began_at - ${ms(skewMs)}`.execute(db);
  if (lease.scope === 'changes') return;
  await sql`
    with old as (
      delete from surveys where platform = ${platform} and account_id = ${accountId} and market_digest <> ${marketDigest}
        and began_at < clock_timestamp() - ${FORGOTTEN_AFTER}
    )
    delete from edge_markets where platform = ${platform} and account_id = ${accountId} and market_digest <> ${marketDigest}
      and seen_at < clock_timestamp() - ${FORGOTTEN_AFTER}`.execute(db);
}

export async function restartListing(db: Db, lease: SurveyLease, { skewMs, leaseMs }: SurveyPace): Promise<SurveyLease | null> {
  const restarted = await sql<LeaseRow>`
    update surveys set leased_until = clock_timestamp() + ${ms(leaseMs)}, began_at = clock_timestamp(), cursor = null,
      mark = null, pages = 0, barren = 0, ads = 0, misfits = 0, unreadable = 0
    where ${heldBy(lease)} returning ${leaseColumns(skewMs)}`.execute(db);
  const row = restarted.rows[0];
  return row ? leaseOf(lease.account, row) : null;
}

export async function noteListingTrouble(db: Db, lease: SurveyLease, tooMuch: boolean): Promise<number> {
  const noted = await sql<{ trouble: number }>`
    update surveys set trouble = trouble + 1,
      page_size = case when ${tooMuch}::boolean then greatest(${SMALLEST_PAGE}, page_size / 2) else page_size end
    where ${heldBy(lease)} returning trouble`.execute(db);
  return noted.rows[0]?.trouble ?? 0;
}

export async function closeListing(db: Db, { account }: SurveyLease, opensInMs: number, says: string): Promise<void> {
  await sql`
    update surveys set closed_until = clock_timestamp() + ${ms(opensInMs)}, closed_says = ${says}
    where ${rowsOf(account)}`.execute(db);
}

export async function leaveSurvey(db: Db, lease: SurveyLease): Promise<void> {
  await sql`update surveys set lease = null, leased_until = null where ${heldBy(lease)}`.execute(db);
}
