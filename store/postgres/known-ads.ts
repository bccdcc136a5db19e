import { type RawBuilder, sql } from 'kysely';
import type { AdRef } from '../../domain/ad.ts';
import type { AdEdge } from '../../domain/facts.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { MismatchScope } from '../known-ads.ts';
import type { Db } from './connect.ts';
import { COUNTS, marketUnder, namesOf } from './counted-ads.ts';
import { surfaceRow } from './surface-rows.ts';

/** All other ads that are shown on the surface now, over all accounts and under all names of the surface. */
export async function otherAdsOn(db: Db, surface: SurfaceRef, ad: AdRef, marketDigest: string): Promise<readonly AdEdge[]> {
  const found = await selectOtherAds(surface, ad, marketDigest).execute(db);
  return found.rows.map((found) => ({
    ad: { platform: found.platform, accountId: found.account_id, adId: found.ad_id },
    campaignId: found.campaign_id,
    marketId: found.market_id,
    marketState: found.market_state,
  }));
}

interface OtherAdRow {
  readonly platform: AdRef['platform'];
  readonly account_id: string;
  readonly ad_id: string;
  readonly campaign_id: string;
  readonly market_id: string | null;
  readonly market_state: AdEdge['marketState'];
}

/** The statement by itself, so that a test can ask the database how it would carry it out. */
export function selectOtherAds(surface: SurfaceRef, ad: AdRef, marketDigest: string): RawBuilder<OtherAdRow> {
  return sql<OtherAdRow>`
    select distinct on (ads.platform, ads.account_id, ads.ad_id) ads.platform, ads.account_id, ads.ad_id, ads.campaign_id,
      market.market_id, coalesce(market.market_state, 'unknown') as market_state
    from ${namesOf(sql`${surfaceRow(surface)}::text`)} as names
    join ad_surfaces as edge on edge.surface = names.named
    join ads on (ads.platform, ads.account_id, ads.ad_id) = (edge.platform, edge.account_id, edge.ad_id)
    left join edge_markets as market on ${marketUnder(marketDigest)}
    where (ads.platform, ads.account_id, ads.ad_id) <> (${ad.platform}, ${ad.accountId}, ${ad.adId}) and ${COUNTS}
    order by ads.platform, ads.account_id, ads.ad_id, (market.market_state is not distinct from 'found')`;
}

const LEFT_ALONE = 'nothing: our comment stands; a person decides whether it fits all of these ads';

/**
 * Notes an incident for each surface that carries our comment while its ads do not speak for one market (protocol f). Ads
 * whose market nobody has decided under this digest are left out: the survey under it comes to them.
 */
export async function noteMismatches(db: Db, where: MismatchScope, marketDigest: string): Promise<readonly string[]> {
  const noted = await sql<{ surface_id: string }>`
    with given as (${givenSurfaces(where)}),
    meant as (
      select surface from given
      union select alias.surface from given join surface_aliases as alias on alias.named = given.surface
    ),
    mixed as (
      select surfaces.surface, surfaces.surface_id, json_agg(
          json_build_object('ad', edge.platform || '/' || edge.account_id || '/' || edge.ad_id, 'marketId', market.market_id)
          order by edge.platform, edge.account_id, edge.ad_id, market.market_id) as ads
      from meant join claims using (surface) join surfaces using (surface)
      cross join lateral ${namesOf(sql`claims.surface`)} as names
      join ad_surfaces as edge on edge.surface = names.named
      join ads on (ads.platform, ads.account_id, ads.ad_id) = (edge.platform, edge.account_id, edge.ad_id)
      join edge_markets as market on ${marketUnder(marketDigest)}
      where claims.state = 'ours' and ${COUNTS}
      group by surfaces.surface, surfaces.surface_id
      having count(distinct (edge.platform, edge.account_id, edge.ad_id)) > 1
        and (count(distinct market.market_id) > 1 or bool_or(market.market_id is null))
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

/** Under whatever name the surfaces go. */
function givenSurfaces(where: MismatchScope): RawBuilder<unknown> {
  if ('surfaces' in where) {
    return sql`select value as surface from json_array_elements_text(${JSON.stringify(where.surfaces.map(surfaceRow))}::json)`;
  }
  const ads = where.ads.map(({ platform, accountId, adId }) => ({ platform, account_id: accountId, ad_id: adId }));
  return sql`
    select mine.surface
    from json_to_recordset(${JSON.stringify(ads)}::json) as given(platform text, account_id text, ad_id text)
    join ad_surfaces as mine using (platform, account_id, ad_id) where mine.ended_at is null`;
}
