import { sql } from 'kysely';
import type { AdRef } from '../../domain/ad.ts';
import type { AdEdge, AdSnapshot } from '../../domain/facts.ts';
import type { Surface, SurfaceRef } from '../../domain/surface.ts';
import type { RunRef } from '../ledger.ts';
import type { Db } from './connect.ts';
import { surfaceRow } from './surface-rows.ts';

/** Keeps what resolve found, and the edges between the ad and its surfaces (protocol f). Edges are never removed: an ad that was seen there once is judged with. */
export async function recordResolution(db: Db, run: RunRef, snapshot: AdSnapshot, surfaces: readonly Surface[]): Promise<void> {
  const { ad } = snapshot;
  const rows = JSON.stringify(surfaces.map((surface) => ({ ...surface, surface: surfaceRow(surface) })));
  await sql`
    with resolved as (
      insert into resolutions (workflow_id, run_id, snapshot, surfaces)
      values (${run.workflowId}, ${run.runId}, ${JSON.stringify(snapshot)}, ${JSON.stringify(surfaces)})
    ),
    found as (
      select distinct on (surface) * from json_to_recordset(${rows}::json) as found(
        surface text, platform text, kind text, "surfaceId" text, "identityId" text, permalink text, dark boolean)
      order by surface
    ),
    known_ad as (
      insert into ads (platform, account_id, ad_id, name, campaign_id)
      values (${ad.platform}, ${ad.accountId}, ${ad.adId}, ${snapshot.name}, ${snapshot.campaign.id})
      on conflict (platform, account_id, ad_id) do update set
        name = excluded.name, campaign_id = excluded.campaign_id, last_seen_at = clock_timestamp()
    ),
    known_surfaces as (
      insert into surfaces (surface, platform, kind, surface_id, identity_id, permalink, dark)
      select surface, platform, kind, "surfaceId", "identityId", permalink, dark from found
      on conflict (surface) do update set
        identity_id = coalesce(excluded.identity_id, surfaces.identity_id),
        permalink = coalesce(excluded.permalink, surfaces.permalink),
        dark = coalesce(excluded.dark, surfaces.dark)
    )
    insert into ad_surfaces (surface, platform, account_id, ad_id)
    select surface, ${ad.platform}, ${ad.accountId}, ${ad.adId} from found
    on conflict (surface, platform, account_id, ad_id) do update set last_seen_at = clock_timestamp()`.execute(db);
}

/** What the run resolved last, and when. */
export async function readResolution(
  db: Db,
  run: RunRef,
): Promise<{ readonly snapshot: AdSnapshot; readonly resolvedAt: string } | null> {
  const found = await sql<{ snapshot: AdSnapshot; resolved_at: Date }>`
    select snapshot, resolved_at from resolutions
    where workflow_id = ${run.workflowId} and run_id = ${run.runId} order by resolved_at desc limit 1`.execute(db);
  const row = found.rows[0];
  return row ? { snapshot: row.snapshot, resolvedAt: row.resolved_at.toISOString() } : null;
}

/** Notes the market that the ad's own run found; `null` when its evidence names none or contradicts itself. */
export async function recordMarket(db: Db, ad: AdRef, marketId: string | null): Promise<void> {
  await sql`
    update ads set market_id = ${marketId}, market_state = ${marketId === null ? 'unclear' : 'found'}
    where platform = ${ad.platform} and account_id = ${ad.accountId} and ad_id = ${ad.adId}`.execute(db);
}

/** All other ads known on the surface, over all accounts. */
export async function otherAdsOn(db: Db, surface: SurfaceRef, ad: AdRef): Promise<readonly AdEdge[]> {
  const found = await sql<{
    platform: AdRef['platform'];
    account_id: string;
    ad_id: string;
    campaign_id: string;
    market_id: string | null;
    market_state: AdEdge['marketState'];
  }>`
    select platform, account_id, ad_id, campaign_id, market_id, market_state
    from ad_surfaces join ads using (platform, account_id, ad_id)
    where surface = ${surfaceRow(surface)}
      and (platform, account_id, ad_id) <> (${ad.platform}, ${ad.accountId}, ${ad.adId})
    order by platform, account_id, ad_id`.execute(db);
  return found.rows.map((row) => ({
    ad: { platform: row.platform, accountId: row.account_id, adId: row.ad_id },
    campaignId: row.campaign_id,
    marketId: row.market_id,
    marketState: row.market_state,
  }));
}
