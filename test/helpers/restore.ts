import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { restoreSettlesAfterMs } from '../../domain/timing.ts';
import type { Restored } from '../../store/postgres/restored.ts';
import { query } from './postgres.ts';
import { type Stage, TEST_TIMING } from './stage.ts';
import { until } from './until.ts';

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

/** What `first-comment ledger restored` notes, with the waits of the stage. */
export function noteRestored({ ledger }: Stage, timing = TEST_TIMING): Promise<Restored> {
  const from = new Date(Date.now() - 60_000).toISOString();
  return ledger.noteRestored({ from, by: 'Ops', why: 'the disk is gone', settlesAfterMs: restoreSettlesAfterMs(timing) });
}

/** Lifts the breaker of a restore as soon as the ledger lets anybody. */
export async function openAgain({ ledger }: Stage, pauseId: string): Promise<void> {
  await until('what was sent in the lost time has settled', async () => {
    await ledger.resume(pauseId, 'Ops', 'all is entered anew');
    return true;
  });
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
