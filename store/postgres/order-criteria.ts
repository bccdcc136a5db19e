import { type RawBuilder, sql } from 'kysely';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Belonging } from '../publications.ts';
import { COUNTS, namesOf } from './counted-ads.ts';
import { surfaceRow } from './surface-rows.ts';

/** What an order is held against: a comment, an attempt, or what is about to be sent. Each is an expression of SQL. */
export interface Coverable {
  /** The key of the surface's row. */
  readonly surface: RawBuilder<unknown>;
  readonly surfaceId: RawBuilder<unknown>;
  readonly brandId: RawBuilder<unknown>;
  readonly accountId: RawBuilder<unknown>;
  readonly adId: RawBuilder<unknown>;
  readonly identityId: RawBuilder<unknown>;
  readonly marketId: RawBuilder<unknown>;
  readonly patternId: RawBuilder<unknown>;
  readonly copyVersion: RawBuilder<unknown>;
  readonly copyHash: RawBuilder<unknown>;
  /** When it was published. */
  readonly at: RawBuilder<unknown>;
}

function columnsOf(table: 'attempts' | 'publications', at: RawBuilder<unknown>): Coverable {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return {
    surface: column('surface'),
    surfaceId: column('surface_id'),
    brandId: column('brand_id'),
    accountId: column('account_id'),
    adId: column('ad_id'),
    identityId: column('identity_id'),
    marketId: column('market_id'),
    patternId: column('pattern_id'),
    copyVersion: column('copy_version'),
    copyHash: column('copy_hash'),
    at,
  };
}

/** A row of the table `attempts`. */
export const AN_ATTEMPT = columnsOf('attempts', sql`attempts.gate_at`);
/** A row of the table `publications`; of one that was edited the time of its text counts. */
export const A_COMMENT = columnsOf('publications', sql`coalesce(publications.edited_at, publications.published_at)`);

/** What would be sent now. Without `belongs` nothing but the surface is known of it. */
export function aNewAttempt(surface: SurfaceRef, belongs: Belonging | null): Coverable {
  return {
    surface: sql`${surfaceRow(surface)}::text`,
    surfaceId: sql`${surface.surfaceId}::text`,
    brandId: sql`${belongs?.brandId ?? null}::text`,
    accountId: sql`${belongs?.accountId ?? null}::text`,
    adId: sql`${belongs?.adId ?? null}::text`,
    identityId: sql`${belongs?.identityId ?? null}::text`,
    marketId: sql`${belongs?.marketId ?? null}::text`,
    patternId: sql`${belongs?.patternId ?? null}::text`,
    copyVersion: sql`${belongs?.copyVersion ?? null}::integer`,
    copyHash: sql`${belongs?.copyHash ?? null}::text`,
    at: sql`clock_timestamp()`,
  };
}

/**
 * Whether the order (a row named `withdrawal_orders`) covers it: the one predicate of gate, claim, retract and dry run (protocol
 * b, i). `null` where a criterion asks for what nobody knows of a comment, such as the pattern of one that no attempt explains.
 */
export function covers(what: Coverable): RawBuilder<unknown> {
  const holds = (column: string, value: RawBuilder<unknown>) =>
    sql`(withdrawal_orders.${sql.ref(column)} is null or withdrawal_orders.${sql.ref(column)} = ${value})`;
  return sql`(${holds('brand_id', what.brandId)}
    and ${holds('account_id', what.accountId)}
    and ${holds('identity_id', what.identityId)}
    and ${holds('market_id', what.marketId)}
    and ${holds('pattern_id', what.patternId)}
    and ${holds('copy_version', what.copyVersion)}
    and ${holds('copy_hash', what.copyHash)}
    and ${holds('surface_id', what.surfaceId)}
    and (withdrawal_orders.published_from is null or ${what.at} >= withdrawal_orders.published_from)
    and (withdrawal_orders.published_until is null or ${what.at} < withdrawal_orders.published_until)
    and (withdrawal_orders.ad is null
      or withdrawal_orders.ad = split_part(${what.surface}, '/', 1) || '/' || ${what.accountId} || '/' || ${what.adId}
      or exists (
        select from ${namesOf(what.surface)} as names
        join ad_surfaces as edge on edge.surface = names.named
        join ads on (ads.platform, ads.account_id, ads.ad_id) = (edge.platform, edge.account_id, edge.ad_id)
        where ${COUNTS} and withdrawal_orders.ad = edge.platform || '/' || edge.account_id || '/' || edge.ad_id)))`;
}

const COLUMN_OF: Readonly<Record<keyof OrderCriteria, string>> = {
  brandId: 'brand_id',
  accountId: 'account_id',
  ad: 'ad',
  identityId: 'identity_id',
  marketId: 'market_id',
  patternId: 'pattern_id',
  copyVersion: 'copy_version',
  copyHash: 'copy_hash',
  surfaceId: 'surface_id',
  from: 'published_from',
  until: 'published_until',
};
const TYPE_OF: Readonly<Partial<Record<keyof OrderCriteria, string>>> = {
  copyVersion: 'integer',
  from: 'timestamptz',
  until: 'timestamptz',
};
const NAMES = Object.keys(COLUMN_OF) as (keyof OrderCriteria)[];

/** The columns in which an order keeps its criteria, in the order of `criteriaValues`. */
export const CRITERIA_COLUMNS = sql.join(NAMES.map((name) => sql.ref(COLUMN_OF[name])));

export function criteriaValues(criteria: OrderCriteria): RawBuilder<unknown> {
  return sql.join(NAMES.map((name) => sql`${criteria[name] ?? null}::${sql.raw(TYPE_OF[name] ?? 'text')}`));
}

/** The criteria of an order as one value. */
export const CRITERIA = sql`json_strip_nulls(json_build_object(${sql.join(
  NAMES.map((name) => sql`${sql.lit(name)}, ${criterion(name)}`),
)}))`;

function criterion(name: keyof OrderCriteria): RawBuilder<unknown> {
  const column = sql.ref(`withdrawal_orders.${COLUMN_OF[name]}`);
  if (TYPE_OF[name] !== 'timestamptz') return column;
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
