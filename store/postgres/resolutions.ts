import { sql } from 'kysely';
import type { AdSnapshot, UnusableSurface } from '../../domain/facts.ts';
import type { Surface } from '../../domain/surface.ts';
import type { AdSighting } from '../known-ads.ts';
import type { RunRef } from '../runs.ts';
import type { Db } from './connect.ts';
import { recordSightings } from './sightings.ts';
import { surfaceRow } from './surface-rows.ts';

/** Keeps what resolve found: the snapshot, the surfaces with the names that creatives have for them, what was left alone, and the ad's edges (protocol f). */
export async function recordResolution(
  db: Db,
  run: RunRef,
  snapshot: AdSnapshot,
  surfaces: readonly Surface[],
  sighting: AdSighting,
  unusable: readonly UnusableSurface[],
): Promise<void> {
  const rows = JSON.stringify(surfaces.map((surface) => ({ ...surface, surface: surfaceRow(surface) })));
  await db.transaction().execute(async (transaction) => {
    await sql`
      with resolved as (
        insert into resolutions (workflow_id, run_id, snapshot, surfaces, unusable)
        values (${run.workflowId}, ${run.runId}, ${JSON.stringify(snapshot)}, ${JSON.stringify(surfaces)}, ${JSON.stringify(unusable)})
      ),
      found as (
        select distinct on (surface) * from json_to_recordset(${rows}::json) as found(
          surface text, platform text, kind text, "surfaceId" text, "identityId" text, permalink text, dark boolean)
        order by surface
      ),
      known_surfaces as (
        insert into surfaces (surface, platform, kind, surface_id, identity_id, permalink, dark)
        select surface, platform, kind, "surfaceId", "identityId", permalink, dark from found
        on conflict (surface) do update set
          identity_id = coalesce(excluded.identity_id, surfaces.identity_id),
          permalink = coalesce(excluded.permalink, surfaces.permalink),
          dark = coalesce(excluded.dark, surfaces.dark)
        returning surface
      )
      insert into surface_aliases (named, surface)
      select distinct on (named) named, surface
      from json_to_recordset(${JSON.stringify(aliasRows(sighting))}::json) as alias(named text, surface text)
      where (select count(*) from known_surfaces) >= 0
      on conflict (named) do update set surface = excluded.surface, learnt_at = clock_timestamp()
      where surface_aliases.surface <> excluded.surface`.execute(transaction);
    await recordSightings(transaction, [sighting], null);
  });
}

/** The creative's strings that are not the surface's own id. */
function aliasRows({ edges }: AdSighting) {
  return edges.flatMap(({ named, surfaceId }) =>
    surfaceId === null || surfaceId === named.surfaceId
      ? []
      : [{ named: surfaceRow(named), surface: surfaceRow({ ...named, surfaceId }) }],
  );
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
