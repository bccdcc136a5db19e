import { type RawBuilder, sql } from 'kysely';

/** Of `ad_surfaces as edge` joined with `ads`: the ad is shown on the surface now, as far as anybody knows (protocol f). */
export const COUNTS = sql`(edge.ended_at is null and not ads.unlisted and coalesce(ads.state, '') not in ('archived', 'deleted'))`;

/**
 * The names under which edges lead to a surface, to be joined as `names.named = edge.surface`: its own id, and those that
 * creatives have for it. A condition with `or` would have the database read every edge there is.
 */
export function namesOf(surface: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select ${surface} as named union all select alias.named from surface_aliases as alias where alias.surface = ${surface})`;
}

/** The market of `ad_surfaces as edge`, to be joined as `market`: as it was decided under this digest, if it was. */
export function marketUnder(digest: string): RawBuilder<boolean> {
  return sql<boolean>`(market.surface, market.platform, market.account_id, market.ad_id, market.market_digest)
    = (edge.surface, edge.platform, edge.account_id, edge.ad_id, ${digest})`;
}
