import { type RawBuilder, sql } from 'kysely';
import type { SurveyedAccount, SurveyLease } from '../known-ads.ts';

export interface LeaseRow {
  readonly scope: SurveyLease['scope'];
  readonly token: string;
  readonly changed_since: Date | null;
  readonly cursor: string | null;
  readonly mark: string | null;
  readonly page_size: number;
  readonly pages: number;
  readonly barren: number;
  readonly ads: number;
  readonly asked_at: string;
}

/** What a lease needs of its row; `changed_since` is less the skew that the platform's clock may have. */
export function leaseColumns(skewMs: number): RawBuilder<unknown> {
  return sql`scope, lease as token, changed_since - ${ms(skewMs)} as changed_since, cursor, mark, page_size, pages, barren, ads,
    clock_timestamp()::text as asked_at`;
}

export function leaseOf(account: SurveyedAccount, row: LeaseRow): SurveyLease {
  return {
    account,
    scope: row.scope,
    token: row.token,
    changedSince: row.changed_since?.toISOString() ?? null,
    after: row.cursor,
    mark: row.mark,
    pages: row.pages,
    barren: row.barren,
    ads: row.ads,
    pageSize: row.page_size,
    askedAt: row.asked_at,
  };
}

/** Both rows of the account. */
export function rowsOf({ marketDigest, platform, accountId }: SurveyedAccount): RawBuilder<boolean> {
  return sql<boolean>`market_digest = ${marketDigest} and platform = ${platform} and account_id = ${accountId}`;
}

/** A lease that ran out is still held as long as nobody else took it. */
export function heldBy({ account, scope, token }: SurveyLease): RawBuilder<boolean> {
  return sql<boolean>`${rowsOf(account)} and scope = ${scope} and lease = ${token}::uuid`;
}

export function ms(milliseconds: number): RawBuilder<unknown> {
  return sql`${milliseconds} * interval '1 millisecond'`;
}
