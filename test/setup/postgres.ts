import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';
import { openLedger } from '../../store/open-ledger.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which the tests may create databases. */
    postgresUrl: string;
    /** A migrated, empty ledger to copy from. */
    postgresTemplate: string;
  }
}

/** One server for the whole run, and one migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await serverForTests();
  const template = `fc_template_${process.pid}`;
  await onServer(url, `create database ${template}`);
  const templateUrl = new URL(url);
  templateUrl.pathname = `/${template}`;
  const ledger = await openLedger({ databaseUrl: templateUrl.href });
  await ledger.migrate();
  await ledger.close();
  project.provide('postgresUrl', url);
  project.provide('postgresTemplate', template);
  return async () => {
    await onServer(url, `drop database if exists ${template}`);
    await stop();
  };
}

async function serverForTests(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'first-comment-tests-'));
  // Speed only: nothing of a test run needs to survive a power cut.
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } });
  const stop = async () => {
    await server.stop();
    await removeEmbeddedPostgres(dataDir);
  };
  return { url: server.url, stop };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
