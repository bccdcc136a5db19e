import { sql } from 'kysely';
import type { AccountRef } from '../known-ads.ts';
import type { Db } from './connect.ts';

/**
 * Of all workers one probes an account, at first after `firstMs`, then after twice as long each time. A probe is only made while
 * runs wait or a call was refused for its token, so also one that succeeds makes the next pause longer: whoever was woken may have
 * parked again at once.
 */
export async function takeProbe(
  db: Db,
  { platform, accountId }: AccountRef,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
): Promise<boolean> {
  const taken = await sql`
    insert into probes (platform, account_id, probed_at, next_at, pause_ms)
    values (${platform}, ${accountId}, clock_timestamp(), clock_timestamp() + ${firstMs} * interval '1 millisecond', ${firstMs})
    on conflict (platform, account_id) do update set
      probed_at = clock_timestamp(),
      pause_ms = least(${longestMs}, greatest(${firstMs}, probes.pause_ms * 2)),
      next_at = clock_timestamp() + least(${longestMs}, greatest(${firstMs}, probes.pause_ms * 2)) * interval '1 millisecond'
    where probes.next_at <= clock_timestamp()
    returning account_id`.execute(db);
  return taken.rows.length > 0;
}

export async function tokenWorked(db: Db, { platform, accountId }: AccountRef): Promise<boolean> {
  const found = await sql<{ usable: boolean | null }>`
    select usable from probes where platform = ${platform} and account_id = ${accountId}`.execute(db);
  return found.rows[0]?.usable !== false;
}

export async function recordProbe(
  db: Db,
  { platform, accountId }: AccountRef,
  { usable, says }: { usable: boolean; says: string },
): Promise<void> {
  await sql`
    update probes set usable = ${usable}, says = ${says}
    where platform = ${platform} and account_id = ${accountId}`.execute(db);
}
