import { sql } from 'kysely';
import type { AdRef } from '../domain/ad.ts';
import type { Db } from './postgres/connect.ts';

/** What attempts of one brand were ever made with: it may be withdrawn also when the brand folder does not name it any more. */
export interface Written {
  readonly markets: readonly string[];
  readonly patterns: readonly string[];
  readonly identities: readonly string[];
  readonly copies: readonly { readonly patternId: string; readonly version: number; readonly hash: string }[];
}

/** Whether a run or a survey ever had to do with the ad. */
export async function knowsAd(db: Db, { platform, accountId, adId }: AdRef): Promise<boolean> {
  const found = await sql`
    select from ads where platform = ${platform} and account_id = ${accountId} and ad_id = ${adId}`.execute(db);
  return found.rows.length > 0;
}

export async function readWritten(db: Db, brandId: string): Promise<Written> {
  const found = await sql<Written>`
    select
      coalesce(json_agg(distinct market_id), '[]'::json) as markets,
      coalesce(json_agg(distinct pattern_id), '[]'::json) as patterns,
      coalesce(json_agg(distinct identity_id), '[]'::json) as identities,
      coalesce(json_agg(distinct jsonb_build_object('patternId', pattern_id, 'version', copy_version, 'hash', copy_hash)), '[]'::json) as copies
    from attempts where brand_id = ${brandId}`.execute(db);
  return found.rows[0] ?? { markets: [], patterns: [], identities: [], copies: [] };
}
