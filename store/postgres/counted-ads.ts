import { type RawBuilder, sql } from 'kysely';

/** Of `ad_surfaces as edge` joined with `ads`: the ad is shown on the surface now, as far as anybody knows (protocol f). */
export const COUNTS = sql`(edge.ended_at is null and not ads.unlisted and coalesce(ads.state, '') not in ('archived', 'deleted'))`;

/** The edge leads to the surface, under its own id or under a name that a creative has for it. */
export function isSurface(edge: 'edge' | 'mine', row: RawBuilder<unknown>): RawBuilder<unknown> {
  const led = sql.ref(`${edge}.surface`);
  return sql`(${led} = ${row} or ${led} in (select named from surface_aliases as alias where alias.surface = ${row}))`;
}
