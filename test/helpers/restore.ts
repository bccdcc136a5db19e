import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { query } from './postgres.ts';
import type { Stage } from './stage.ts';

export interface Backup {
  /** Puts the database back to how it was; everything that was written since is lost. */
  restore(): Promise<void>;
}

/** A copy of the stage's database as it is now. Its connections are cut, as when a server is exchanged; they come again. */
export async function backUp({ databaseUrl }: Stage): Promise<Backup> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const copy = `fc_test_backup_${randomBytes(6).toString('hex')}`;
  await alone(name, `create database ${copy} template ${name}`);
  return {
    async restore() {
      await alone(name, `drop database ${name} with (force)`);
      await alone(copy, `alter database ${copy} rename to ${name}`);
    },
  };
}

/** Somebody may connect again between cutting and the statement; then once more. */
async function alone(database: string, statement: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await query(
      inject('postgresUrl'),
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [database],
    );
    try {
      await query(inject('postgresUrl'), statement);
      return;
    } catch (error) {
      if (tries === 50 || !(error instanceof Error) || !/being accessed by other users/.test(error.message)) throw error;
    }
  }
}
