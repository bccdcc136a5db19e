import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { connect } from '../../store/postgres/connect.ts';
import { migrationProvider, SCHEMA_VERSION } from '../../store/postgres/migrations/index.ts';
import { createEmptyDatabase } from '../helpers/postgres.ts';
import { runCli, temporaryHome } from './run-cli.ts';

test.for([
  { to: null, says: 'has no tables yet' },
  { to: '0009-unusable-surfaces', says: 'has schema version 9' },
])('a worker does not start on a ledger that $says, and says what to do', async ({ to, says }) => {
  const database = await createEmptyDatabase();
  const { variables, remove } = await temporaryHome();
  try {
    if (to !== null) {
      const db = connect({ databaseUrl: database.url });
      const migrator = new Migrator({ db, provider: migrationProvider });
      expect((await migrator.migrateTo(to)).error).toBeUndefined();
      await db
        .updateTable('ledger' as never)
        .set({ schema_version: 9 } as never)
        .execute();
      await db.destroy();
    }
    const { code, stderr } = await runCli(['worker'], { ...variables, DATABASE_URL: database.url });
    expect(stderr).toContain(`${says}, this program needs version ${SCHEMA_VERSION}. Run "first-comment setup"`);
    expect(code).toBe(2);
  } finally {
    await remove();
    await database.drop();
  }
});
