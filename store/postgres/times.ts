import type { RawBuilder } from 'kysely';
import type { Db } from './connect.ts';

/** A row as the driver gives it: its times are still `Date`. */
export type Recorded<Row extends object> = { readonly [Column in keyof Row]: Row[Column] | Date };

/** Runs the query; every time comes back as ISO 8601, UTC. */
export async function readTimes<Row extends object>(db: Db, query: RawBuilder<Recorded<Row>>): Promise<readonly Row[]> {
  const found = await query.execute(db);
  return found.rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
      ) as Row,
  );
}
