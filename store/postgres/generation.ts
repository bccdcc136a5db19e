import { sql } from 'kysely';
import { StoreError } from '../errors.ts';
import type { Db } from './connect.ts';

/** The ledger's generation; a restore bumps it, and what was claimed before must be claimed again (protocol k). */
export async function readGeneration(db: Db): Promise<number> {
  const found = await sql<{ generation: number }>`select generation from ledger`.execute(db);
  const row = found.rows[0];
  if (!row) throw new StoreError('not-migrated', 'The ledger has lost its own row. Restore the database from a backup.');
  return row.generation;
}
