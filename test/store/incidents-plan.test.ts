import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db } from '../../store/postgres/connect.ts';
import { OPEN_INCIDENTS } from '../../store/postgres/open-incidents.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';

const { rows, url } = ledgerForThisFile();
const INCIDENTS = 10_000;

let db: Db;
beforeAll(async () => {
  // Years of incidents that nobody is told of any more.
  await rows(
    `insert into incidents (kind, surface_id, evidence, did, happened_at)
     select 'drift', n, '{}', 'nothing', clock_timestamp() - interval '1 year' from generate_series(1, $1::int) as n`,
    [INCIDENTS],
  );
  await rows('analyze');
  db = connect({ databaseUrl: url() });
});
afterAll(() => db.destroy());

test('open incidents are found among many of long ago without reading them all', async () => {
  const { rows: lines } = await sql<{ 'QUERY PLAN': string }>`explain ${OPEN_INCIDENTS}`.execute(db);
  const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
  expect(plan).toContain('incidents_by_time');
  expect(plan).toContain('incidents_lasting');
  expect(plan).not.toContain('Seq Scan on incidents');
});
