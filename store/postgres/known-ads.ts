import { sql } from 'kysely';
import type { AdRef } from '../../domain/ad.ts';
import type { AdEdge } from '../../domain/facts.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { AccountRef } from '../known-ads.ts';
import type { Db } from './connect.ts';
import { COUNTS, isSurface } from './counted-ads.ts';
import { surfaceRow } from './surface-rows.ts';

/** All other ads that are shown on the surface now, over all accounts and under all names of the surface. */
export async function otherAdsOn(db: Db, surface: SurfaceRef, ad: AdRef): Promise<readonly AdEdge[]> {
  const found = await sql<{
    platform: AdRef['platform'];
    account_id: string;
    ad_id: string;
    campaign_id: string;
    market_id: string | null;
    market_state: AdEdge['marketState'];
  }>`
    select distinct on (platform, account_id, ad_id)
      platform, account_id, ad_id, campaign_id, edge.market_id, edge.market_state
    from ad_surfaces as edge join ads using (platform, account_id, ad_id)
    where ${isSurface('edge', sql`${surfaceRow(surface)}`)}
      and (platform, account_id, ad_id) <> (${ad.platform}, ${ad.accountId}, ${ad.adId}) and ${COUNTS}
    order by platform, account_id, ad_id, (edge.market_state = 'found')`.execute(db);
  return found.rows.map((found) => ({
    ad: { platform: found.platform, accountId: found.account_id, adId: found.ad_id },
    campaignId: found.campaign_id,
    marketId: found.market_id,
    marketState: found.market_state,
  }));
}

const LEFT_ALONE = 'nothing: our comment stands; a person decides whether it fits all of these ads';

/** Notes an incident for each surface that carries our comment while its ads do not speak for one market (protocol f). */
export async function noteMismatches(
  db: Db,
  where: { readonly surfaces: readonly SurfaceRef[] } | { readonly account: AccountRef },
): Promise<readonly string[]> {
  const among =
    'surfaces' in where
      ? sql`claims.surface in (select value from json_array_elements_text(${JSON.stringify(where.surfaces.map(surfaceRow))}::json))`
      : sql`exists (select from ad_surfaces as mine
          where (mine.platform, mine.account_id) = (${where.account.platform}, ${where.account.accountId})
            and ${isSurface('mine', sql`claims.surface`)})`;
  const noted = await sql<{ surface_id: string }>`
    with mixed as (
      select surfaces.surface, surfaces.surface_id, json_agg(
          json_build_object('ad', edge.platform || '/' || edge.account_id || '/' || edge.ad_id, 'marketId', edge.market_id)
          order by edge.platform, edge.account_id, edge.ad_id, edge.market_id) as ads
      from claims join surfaces using (surface)
      join ad_surfaces as edge on ${isSurface('edge', sql`claims.surface`)}
      join ads on (ads.platform, ads.account_id, ads.ad_id) = (edge.platform, edge.account_id, edge.ad_id)
      where claims.state = 'ours' and ${among} and ${COUNTS}
      group by surfaces.surface, surfaces.surface_id
      having count(distinct (edge.platform, edge.account_id, edge.ad_id)) > 1
        and (count(distinct edge.market_id) > 1 or bool_or(edge.market_id is null))
    )
    insert into incidents (kind, surface_id, evidence, did)
    select 'mismatch', surface_id, json_build_object('ads', ads, 'commentIds', (
        select coalesce(json_agg(comment_id order by comment_id), '[]'::json) from publications
        where publications.surface = mixed.surface)), ${LEFT_ALONE}
    from mixed
    where not exists (
      select from incidents as said
      where said.kind = 'mismatch' and said.surface_id = mixed.surface_id
        and (said.evidence -> 'ads')::jsonb = mixed.ads::jsonb)
    returning surface_id`.execute(db);
  return noted.rows.map(({ surface_id }) => surface_id);
}
