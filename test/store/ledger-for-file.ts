import { afterAll, beforeAll } from 'vitest';
import { type OpenLedger, openLedger } from '../../store/open-ledger.ts';
import { createTestDatabase, query, type TestDatabase } from '../helpers/postgres.ts';

/** A ledger of the test file's own, opened before its tests and dropped after. */
export function ledgerForThisFile() {
  let database: TestDatabase | null = null;
  let opened: OpenLedger | null = null;
  beforeAll(async () => {
    database = await createTestDatabase();
    opened = await openLedger({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await opened?.close();
    await database?.drop();
  });
  const url = (): string => given(database).url;
  return {
    ledger: (): OpenLedger => given(opened),
    url,
    /** Reaches into the tables, where a test needs what no port offers. */
    rows: <Row extends Record<string, unknown>>(statement: string, values: readonly unknown[] = []) =>
      query<Row>(url(), statement, values),
  };
}

function given<T>(value: T | null): T {
  if (value === null) throw new Error('the test database is not there yet');
  return value;
}
