import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db } from '../../store/postgres/connect.ts';
import { foreignAdsOf } from '../../store/postgres/gate-state.ts';
import { selectOtherAds } from '../../store/postgres/known-ads.ts';
import { surfaceRow } from '../../store/postgres/surface-rows.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';

const { rows, url } = ledgerForThisFile();
const ADS = 10_000;
const SURFACE = { platform: 'meta', kind: 'facebook-post', surfaceId: '4000002_77' } as const;

let db: Db;
beforeAll(async () => {
  await rows(
    "insert into surfaces (surface, platform, kind, surface_id) select 'meta/facebook-post/4000002_' || n, 'meta', 'facebook-post', '4000002_' || n from generate_series(1, $1::int) n",
    [ADS],
  );
  await rows(
    "insert into ads (platform, account_id, ad_id, name, campaign_id, state) select 'meta', 'act_1', n, 'Leinen', '5', 'active' from generate_series(1, $1::int) n",
    [ADS],
  );
  await rows(
    "insert into ad_surfaces (surface, platform, account_id, ad_id) select 'meta/facebook-post/4000002_' || n, 'meta', 'act_1', n from generate_series(1, $1::int) n",
    [ADS],
  );
  await rows(
    "insert into edge_markets select surface, platform, account_id, ad_id, 'markets-1', 'de-DE', 'found' from ad_surfaces",
  );
  await rows(
    "insert into runs (workflow_id, run_id, platform, account_id, ad_id, mode, brand_digest) values ('w', 'r', 'meta', 'act_1', '1', 'pipeline', 'b')",
  );
  await rows('analyze');
  db = connect({ databaseUrl: url() });
});
afterAll(() => db.destroy());

/** The tables that the database would read whole. */
async function readWhole(statement: RawBuilder<unknown>): Promise<readonly string[]> {
  const { rows: lines } = await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(db);
  const scans = lines.flatMap((line) => line['QUERY PLAN'].match(/Seq Scan on (\w+)/)?.[1] ?? []);
  expect(lines.some((line) => line['QUERY PLAN'].includes('on ad_surfaces'))).toBe(true);
  return scans;
}

test('asking for the other ads on a surface reads no table of ads or edges whole', async () => {
  const scans = await readWhole(selectOtherAds(SURFACE, { platform: 'meta', accountId: 'act_1', adId: '1' }, 'markets-1'));
  expect(scans).not.toContain('ad_surfaces');
  expect(scans).not.toContain('ads');
  expect(scans).not.toContain('edge_markets');
});

test("the gate's look for ads of other markets reads no table of ads or edges whole", async () => {
  const scans = await readWhole(sql`select ${foreignAdsOf(surfaceRow(SURFACE), 'de-DE', 'markets-1')} from runs`);
  expect(scans).not.toContain('ad_surfaces');
  expect(scans).not.toContain('ads');
  expect(scans).not.toContain('edge_markets');
});
