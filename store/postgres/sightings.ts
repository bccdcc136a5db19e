import { sql } from 'kysely';
import type { AdSighting, SeenEdge } from '../known-ads.ts';
import type { Db } from './connect.ts';
import { surfaceRow } from './surface-rows.ts';

/**
 * Keeps what was seen of ads: their state, their markets, and the surfaces that they are shown on. Edges that a complete
 * sighting does not name have ended; they stay as history. An ad that was seen after `askedAt` is left as it is, since the
 * page that was asked for then is older. Rows are always written in one order, so that two writers that wait for each other never do so in a circle.
 */
export async function recordSightings(db: Db, sightings: readonly AdSighting[], askedAt: string | null): Promise<void> {
  if (sightings.length === 0) return;
  await sql`
    with given_ads as (
      select distinct on (platform, account_id, ad_id) *
      from json_to_recordset(${JSON.stringify(sightings.map(adRow))}::json) as given(platform text, account_id text, ad_id text,
        name text, campaign_id text, state text, market_digest text, market_id text, market_state text, complete boolean)
      order by platform, account_id, ad_id
    ),
    given_edges as (
      select distinct on (surface, platform, account_id, ad_id) * from (
        select case when given.own then given.surface else coalesce(alias.surface, given.surface) end as surface,
          platform, account_id, ad_id, market_digest, market_id, market_state
        from json_to_recordset(${JSON.stringify(sightings.flatMap(edgeRows))}::json) as given(platform text, account_id text,
          ad_id text, surface text, own boolean, market_digest text, market_id text, market_state text)
        left join surface_aliases as alias on alias.named = given.surface
      ) as each
      order by surface, platform, account_id, ad_id, (market_state = 'found')
    ),
    known_surfaces as (
      insert into surfaces (surface, platform, kind, surface_id)
      select distinct surface, platform, kind, surface_id
      from json_to_recordset(${JSON.stringify(sightings.flatMap(surfaceRows))}::json) as given(surface text, platform text,
        kind text, surface_id text)
      order by surface on conflict do nothing returning surface
    ),
    seen as (
      insert into ads (platform, account_id, ad_id, name, campaign_id, state, market_id, market_state)
      select platform, account_id, ad_id, coalesce(name, ''), coalesce(campaign_id, ''), state, market_id, market_state
      from given_ads where (select count(*) from known_surfaces) >= 0
      order by platform, account_id, ad_id
      on conflict (platform, account_id, ad_id) do update set
        name = coalesce(nullif(excluded.name, ''), ads.name),
        campaign_id = coalesce(nullif(excluded.campaign_id, ''), ads.campaign_id),
        state = coalesce(excluded.state, ads.state),
        market_id = excluded.market_id, market_state = excluded.market_state,
        unlisted = false, last_seen_at = clock_timestamp()
      where ${askedAt}::timestamptz is null or ads.last_seen_at <= ${askedAt}::timestamptz
      returning platform, account_id, ad_id
    ),
    shown as (
      insert into ad_surfaces (surface, platform, account_id, ad_id)
      select surface, platform, account_id, ad_id
      from given_edges join seen using (platform, account_id, ad_id)
      order by surface, platform, account_id, ad_id
      on conflict (surface, platform, account_id, ad_id) do update set ended_at = null, last_seen_at = clock_timestamp()
      returning surface, platform, account_id, ad_id
    ),
    spoken as (
      insert into edge_markets (surface, platform, account_id, ad_id, market_digest, market_id, market_state)
      select surface, platform, account_id, ad_id, market_digest, market_id, market_state
      from given_edges join shown using (surface, platform, account_id, ad_id)
      order by surface, platform, account_id, ad_id
      on conflict (surface, platform, account_id, ad_id, market_digest) do update set
        market_id = excluded.market_id, market_state = excluded.market_state, seen_at = clock_timestamp()
    ),
    unnamed as (
      select edge.*, given_ads.complete, given_ads.market_digest, given_ads.market_state
      from ad_surfaces as edge join given_ads using (platform, account_id, ad_id) join seen using (platform, account_id, ad_id)
      where edge.ended_at is null and not exists (
        select from given_edges as still
        where (still.surface, still.platform, still.account_id, still.ad_id)
          = (edge.surface, edge.platform, edge.account_id, edge.ad_id))
    ),
    ended as (
      update ad_surfaces as edge set ended_at = clock_timestamp() from unnamed
      where unnamed.complete and (edge.surface, edge.platform, edge.account_id, edge.ad_id)
        = (unnamed.surface, unnamed.platform, unnamed.account_id, unnamed.ad_id)
    )
    update edge_markets as spoken set market_id = null, market_state = 'unclear', seen_at = clock_timestamp() from unnamed
    where not unnamed.complete and unnamed.market_state <> 'found'
      and (spoken.surface, spoken.platform, spoken.account_id, spoken.ad_id, spoken.market_digest)
        = (unnamed.surface, unnamed.platform, unnamed.account_id, unnamed.ad_id, unnamed.market_digest)`.execute(db);
}

function adRow({ ad, name, campaignId, state, marketDigest, marketId, complete }: AdSighting) {
  return { ...adKey(ad), name, campaign_id: campaignId, state, market_digest: marketDigest, ...marketOf(marketId), complete };
}

function edgeRows({ ad, marketDigest, edges }: AdSighting) {
  return edges.map((edge) => ({
    ...adKey(ad),
    surface: keyOf(edge),
    own: edge.surfaceId !== null,
    market_digest: marketDigest,
    ...marketOf(edge.marketId),
  }));
}

function surfaceRows({ edges }: AdSighting) {
  return edges.map((edge) => ({
    surface: keyOf(edge),
    platform: edge.named.platform,
    kind: edge.named.kind,
    surface_id: edge.surfaceId ?? edge.named.surfaceId,
  }));
}

function keyOf({ named, surfaceId }: SeenEdge): string {
  return surfaceRow({ ...named, surfaceId: surfaceId ?? named.surfaceId });
}

function adKey({ platform, accountId, adId }: AdSighting['ad']) {
  return { platform, account_id: accountId, ad_id: adId };
}

function marketOf(marketId: string | null) {
  return { market_id: marketId, market_state: marketId === null ? 'unclear' : 'found' };
}
