import { sql } from 'kysely';
import type { AdRef } from '../../domain/ad.ts';
import type { BaselineRecord } from '../baselines.ts';
import type { Db } from './connect.ts';

/** Whether the ad has a baseline already. */
export async function hasBaseline(db: Db, ad: AdRef): Promise<boolean> {
  const found = await sql<{ found: boolean }>`
    select exists (select from baselines
      where platform = ${ad.platform} and account_id = ${ad.accountId} and ad_id = ${ad.adId}) as found`.execute(db);
  return found.rows[0]?.found ?? false;
}

/** Freezes the ad's numbers before the comment, once per run; said twice, the first stays. An ad that has not delivered gets a zero for each day. */
export async function recordBaseline(db: Db, record: BaselineRecord): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const baselineId = await insertBaseline(transaction, record);
    if (baselineId === null) return;
    if (record.rows.length > 0) await insertDays(transaction, baselineId, record);
    else await insertZeros(transaction, baselineId, record);
    await sql`
      insert into baseline_surfaces (baseline_id, surface_id, thread, utm)
      select ${baselineId}, "surfaceId", thread, utm
      from json_to_recordset(${JSON.stringify(record.surfaces)}::json) as seen("surfaceId" text, thread json, utm json)`.execute(
      transaction,
    );
  });
}

async function insertBaseline(db: Db, { run, ad, ...record }: BaselineRecord): Promise<string | null> {
  const written = await sql<{ baseline_id: string }>`
    insert into baselines (workflow_id, run_id, platform, account_id, ad_id, since, until, time_zone, currency, delivered)
    values (${run.workflowId}, ${run.runId}, ${ad.platform}, ${ad.accountId}, ${ad.adId},
      ${record.since}, ${record.until}, ${record.timeZone}, ${record.currency}, ${record.rows.length > 0})
    on conflict (workflow_id, run_id) do nothing returning baseline_id`.execute(db);
  return written.rows[0]?.baseline_id ?? null;
}

async function insertDays(db: Db, baselineId: string, { rows }: BaselineRecord): Promise<void> {
  await sql`
    insert into baseline_days (baseline_id, day, publisher, position,
      impressions, reach, clicks, link_clicks, outbound_clicks, spend, conversions)
    select ${baselineId}, day, publisher, position,
      impressions, reach, clicks, "linkClicks", "outboundClicks", spend, conversions
    from json_to_recordset(${JSON.stringify(rows)}::json) as metric(
      day date, publisher text, position text, impressions bigint, reach bigint, clicks bigint,
      "linkClicks" bigint, "outboundClicks" bigint, spend numeric, conversions json)`.execute(db);
}

async function insertZeros(db: Db, baselineId: string, { since, until }: BaselineRecord): Promise<void> {
  await sql`
    insert into baseline_days (baseline_id, day, publisher, position,
      impressions, reach, clicks, link_clicks, outbound_clicks, spend, conversions)
    select ${baselineId}, day::date, 'all', 'all', 0, 0, 0, 0, 0, 0, '{}'
    from generate_series(${since}::timestamp, ${until}::timestamp, interval '1 day') as day`.execute(db);
}
