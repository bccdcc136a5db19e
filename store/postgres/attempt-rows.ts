import { type RawBuilder, sql } from 'kysely';
import type { Attempt, AttemptResult } from '../attempts.ts';
import type { Belonging } from '../publications.ts';
import type { Db } from './connect.ts';

interface AttemptRow {
  readonly attempt_id: string;
  readonly surface_id: string;
  readonly epoch: number;
  readonly n: number;
  readonly text: string;
  readonly bytes_hash: string;
  readonly belongs: Belonging;
  readonly edits: string | null;
  readonly gate_at: Date;
  readonly age_ms: number;
  readonly result: AttemptResult | null;
}

/** To whom a comment belongs, as one value; attempts and publications have the same columns for it. */
export const BELONGS = sql`json_build_object('brandId', brand_id, 'accountId', account_id, 'adId', ad_id,
  'identityId', identity_id, 'marketId', market_id, 'patternId', pattern_id, 'copyHash', copy_hash, 'copyVersion', copy_version)`;

/** Attempts that meet the condition, oldest first; the table is named `attempts` in it. */
export async function selectAttempts(db: Db, where: RawBuilder<unknown>, limit: number | null = null): Promise<Attempt[]> {
  const found = await sql<AttemptRow>`
    select attempt_id, surface_id, epoch, n, text, bytes_hash, edits, gate_at, result, ${BELONGS} as belongs,
      extract(epoch from clock_timestamp() - gate_at)::float8 * 1000 as age_ms
    from attempts where ${where} order by surface, n limit ${limit}::bigint`.execute(db);
  return found.rows.map((row) => ({
    attemptId: row.attempt_id,
    surfaceId: row.surface_id,
    epoch: row.epoch,
    n: row.n,
    text: row.text,
    bytesHash: row.bytes_hash,
    belongs: row.belongs,
    edits: row.edits,
    gateAt: row.gate_at.toISOString(),
    ageMs: row.age_ms,
    result: row.result,
  }));
}

/** Nobody knows yet whether this attempt left a comment. */
export const STILL_OPEN = sql`(result_kind is null or result_kind = 'unknown')`;
