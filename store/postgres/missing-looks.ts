import { sql } from 'kysely';
import type { AccountRef } from '../known-ads.ts';
import type { Db } from './connect.ts';

/** Older ones had their looks; further back the ledger need not be read each minute. */
const FRESH = sql`interval '2 days'`;

/** Plans looks for comments that nobody planned any for: their run ended between the record of the comment and its plan. */
export async function planMissingLooks(
  db: Db,
  { platform, accountId }: AccountRef,
  dueInMs: readonly number[],
  afterMs: number,
): Promise<void> {
  await sql`
    insert into planned_looks (surface, comment_id, due_in_ms, due_at)
    select comment.surface, comment.comment_id, due_in, comment.published_at + due_in * interval '1 millisecond'
    from publications as comment
    join surfaces using (surface)
    cross join unnest(${dueInMs.map((each) => Math.round(each))}::bigint[]) as due_in
    where comment.account_id = ${accountId} and surfaces.platform = ${platform} and comment.removed_at is null
      and comment.recorded_at > clock_timestamp() - ${FRESH}
      and comment.recorded_at < clock_timestamp() - ${Math.round(afterMs)} * interval '1 millisecond'
      and not exists (
        select from planned_looks as planned
        where planned.surface = comment.surface and planned.comment_id = comment.comment_id)
    on conflict do nothing`.execute(db);
}
