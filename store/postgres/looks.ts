import { sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Db } from './connect.ts';
import { surfaceInsert, surfaceRow } from './surface-rows.ts';

/** Keeps what people can see of a comment of ours, as the platform showed it. */
export async function recordVisibility(
  db: Db,
  surface: SurfaceRef,
  commentId: string,
  seen: { visible: boolean; says: string; rank: number | null; of: number | null },
): Promise<void> {
  await sql`
    with surface as (${surfaceInsert(surface)})
    insert into visibility_looks (surface, surface_id, comment_id, visible, says, rank, of)
    values (${surfaceRow(surface)}, ${surface.surfaceId}, ${commentId}, ${seen.visible}, ${seen.says}, ${seen.rank}, ${seen.of})`.execute(
    db,
  );
}

/** Plans the later looks at a comment, counted from its publication, or its last edit. Said twice, the first stays. */
export async function planLooks(db: Db, surface: SurfaceRef, commentId: string, dueInMs: readonly number[]): Promise<void> {
  const row = surfaceRow(surface);
  await sql`
    with surface as (${surfaceInsert(surface)})
    insert into planned_looks (surface, comment_id, due_in_ms, due_at)
    select ${row}, ${commentId}, due_in, coalesce(
        (select coalesce(edited_at, published_at) from publications where surface = ${row} and comment_id = ${commentId}), clock_timestamp()
      ) + due_in * interval '1 millisecond'
    from unnest(${dueInMs.map((each) => Math.round(each))}::bigint[]) as due_in
    on conflict do nothing`.execute(db);
}
