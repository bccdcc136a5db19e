import { type Kysely, sql } from 'kysely';

/** Which incidents are open is asked by every sweep and worker: those that end by age are found by their time, the others by their kind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index incidents_by_time on incidents (happened_at)`.execute(db);
  await sql`
    create index incidents_lasting on incidents (kind)
    where kind in ('ledger-behind', 'second-comment', 'spam-verdict', 'unconfirmed')`.execute(db);
}
