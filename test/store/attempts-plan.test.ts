import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STILL_OPEN } from '../../store/postgres/attempt-rows.ts';
import { connect, type Db } from '../../store/postgres/connect.ts';
import { orphansDue } from '../../store/postgres/orphans.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { passGate, readyToSend } from './scene.ts';

const { ledger, rows, url } = ledgerForThisFile();
const ATTEMPTS = 10_000;
const SCOPE = {
  platform: 'meta',
  accountId: 'act_100200',
  brandId: 'brightloom',
  cluster: 'c',
  namespace: 'n',
  settlesAfterMs: 1_000,
  againAfterMs: 1_000,
} as const;

let db: Db;
beforeAll(async () => {
  const { request } = await readyToSend(ledger());
  const { attemptId } = await passGate(ledger(), request);
  await ledger().recordResult(attemptId, { kind: 'unknown', says: 'timed out' }, 'activity');
  // Years of attempts that ended, as copies of one that did not.
  await rows(
    `insert into attempts (surface, surface_id, epoch, n, workflow_id, run_id, facts_id, text, bytes_hash, copy_hash, copy_version,
       ad_id, brand_id, account_id, identity_id, market_id, pattern_id, send_by_ms, result, result_kind, result_at)
     select surface, surface_id, epoch, 1 + g, workflow_id, run_id, facts_id, text, bytes_hash, copy_hash, copy_version,
       ad_id, brand_id, account_id, identity_id, market_id, pattern_id, send_by_ms, '{"kind":"absent","says":""}', 'absent', clock_timestamp()
     from attempts, generate_series(1, $1::int) as g`,
    [ATTEMPTS],
  );
  await rows('analyze');
  db = connect({ databaseUrl: url() });
});
afterAll(() => db.destroy());

async function planOf(where: RawBuilder<unknown>): Promise<string> {
  const { rows: lines } = await sql<{ 'QUERY PLAN': string }>`explain select * from attempts where ${where}`.execute(db);
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

test.each([
  ['whose settling is due in a sweep', orphansDue(SCOPE)],
  ['over all accounts', STILL_OPEN],
  ['that may still send', sql`result_kind is null and gate_at > clock_timestamp()`],
] as const)('attempts %s are found among many that ended without reading them all', async (_, where) => {
  const plan = await planOf(where);
  expect(plan).toContain('attempts_open');
  expect(plan).not.toContain('Seq Scan');
});
