import { type RawBuilder, sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Db } from './connect.ts';

/** The key under which the ledger keeps a surface, `meta/facebook-post/4000001_77`. */
export function surfaceRow(surface: SurfaceRef): string {
  return `${surface.platform}/${surface.kind}/${surface.surfaceId}`;
}

/** Makes sure that the surface has its row, for callers that know nothing but its id. */
export async function ensureSurface(db: Db, surface: SurfaceRef): Promise<void> {
  await surfaceInsert(surface).execute(db);
}

/** The same as a part of another statement: `with surface as (…)`. */
export function surfaceInsert(surface: SurfaceRef): RawBuilder<unknown> {
  return sql`
    insert into surfaces (surface, platform, kind, surface_id)
    values (${surfaceRow(surface)}, ${surface.platform}, ${surface.kind}, ${surface.surfaceId})
    on conflict do nothing`;
}
