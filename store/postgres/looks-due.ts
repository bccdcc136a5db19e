import { type RawBuilder, sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { AccountRef } from '../known-ads.ts';
import type { DueLook } from '../sweeping.ts';
import type { Db } from './connect.ts';
import { surfaceRow } from './surface-rows.ts';

/** Looks of the account whose time has come and that nobody is at; tables named `look` and `comment`. */
export function looksDue({ platform, accountId }: AccountRef): RawBuilder<unknown> {
  return sql`done_at is null and due_at <= clock_timestamp() and coalesce(next_at <= clock_timestamp(), true)
    and comment.account_id = ${accountId} and look.surface like ${`${platform}/%`}`;
}

/** Takes the looks that are due longest. Whoever takes one and dies leaves it to the next one after the lease. */
export async function takeLooks(db: Db, account: AccountRef, limit: number, leaseMs: number): Promise<readonly DueLook[]> {
  const taken = await sql<SurfaceRef & { commentId: string; tries: number }>`
    update planned_looks as taken set next_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond', tries = taken.tries + 1
    from (
      select look.surface, look.comment_id, look.due_in_ms
      from planned_looks as look join publications as comment using (surface, comment_id)
      where ${looksDue(account)} order by due_at limit ${limit} for update of look skip locked
    ) as due join surfaces using (surface)
    where (taken.surface, taken.comment_id, taken.due_in_ms) = (due.surface, due.comment_id, due.due_in_ms)
    returning platform, kind, surface_id as "surfaceId", taken.comment_id as "commentId", taken.tries`.execute(db);
  return taken.rows.map(({ platform, kind, surfaceId, commentId, tries }) => ({
    surface: { platform, kind, surfaceId },
    commentId,
    tries,
  }));
}

export async function postponeLook(db: Db, { surface, commentId }: DueLook, pauseMs: number, says: string): Promise<void> {
  await sql`
    update planned_looks set next_at = clock_timestamp() + ${pauseMs} * interval '1 millisecond', says = ${says}
    where surface = ${surfaceRow(surface)} and comment_id = ${commentId} and done_at is null
      and due_at <= clock_timestamp()`.execute(db);
}

export async function closeLooks(db: Db, surface: SurfaceRef, commentId: string, says: string): Promise<void> {
  await sql`
    update planned_looks set done_at = clock_timestamp(), says = ${says}
    where surface = ${surfaceRow(surface)} and comment_id = ${commentId} and done_at is null
      and due_at <= clock_timestamp()`.execute(db);
}

export async function lastVisible(db: Db, surface: SurfaceRef, commentId: string): Promise<boolean | null> {
  const found = await sql<{ visible: boolean }>`
    select visible from visibility_looks where surface = ${surfaceRow(surface)} and comment_id = ${commentId}
    order by looked_at desc limit 1`.execute(db);
  return found.rows[0]?.visible ?? null;
}
