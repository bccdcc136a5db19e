import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated ledger of the test's own; about a tenth of a second. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(`template ${inject('postgresTemplate')}`);
}

/** A database with nothing in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('template template0');
}

async function create(from: string): Promise<TestDatabase> {
  const name = `fc_test_${randomBytes(6).toString('hex')}`;
  await query(inject('postgresUrl'), `create database ${name} ${from}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => query(inject('postgresUrl'), `drop database if exists ${name} with (force)`).then(() => undefined),
  };
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement, [...values])).rows;
  } finally {
    await client.end();
  }
}
