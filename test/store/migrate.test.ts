import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { openLedger } from '../../store/open-ledger.ts';
import { connect } from '../../store/postgres/connect.ts';
import { migrationProvider } from '../../store/postgres/migrations/index.ts';
import { createEmptyDatabase, query } from '../helpers/postgres.ts';

async function onEmpty<T>(use: (url: string) => Promise<T>): Promise<T> {
  const database = await createEmptyDatabase();
  try {
    return await use(database.url);
  } finally {
    await database.drop();
  }
}

test('three processes that migrate at once agree: one applies, the others find nothing to do', async () => {
  await onEmpty(async (databaseUrl) => {
    const ledgers = await Promise.all([1, 2, 3].map(() => openLedger({ databaseUrl })));
    const applied = await Promise.all(ledgers.map((ledger) => ledger.migrate()));
    expect(applied.filter((each) => each.applied.length > 0)).toHaveLength(1);
    for (const ledger of ledgers) {
      expect(await ledger.schema()).toMatchObject({ state: 'current' });
      expect(await ledger.migrate()).toEqual({ applied: [] });
      await ledger.close();
    }
  });
});

test('edges of a ledger from before surveys are of a market that nobody knows, until the first survey', async () => {
  await onEmpty(async (databaseUrl) => {
    const db = connect({ databaseUrl });
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateTo('0007-baselines');
    expect(error).toBeUndefined();
    await query(
      databaseUrl,
      "insert into surfaces (surface, platform, kind, surface_id) values ('meta/facebook-post/1_2', 'meta', 'facebook-post', '1_2')",
    );
    for (const [adId, marketId, state] of [
      ['11', 'de-DE', 'found'],
      ['12', null, 'unclear'],
    ]) {
      const ad = ['meta', 'act_1', adId];
      await query(databaseUrl, "insert into ads values ($1, $2, $3, 'Leinen', '5', $4, $5)", [...ad, marketId, state]);
      await query(databaseUrl, "insert into ad_surfaces values ('meta/facebook-post/1_2', $1, $2, $3)", ad);
    }
    await db.destroy();
    const ledger = await openLedger({ databaseUrl });
    expect(await ledger.migrate()).toMatchObject({ applied: expect.arrayContaining(['0008-known-ads']) });
    const surface = { platform: 'meta', kind: 'facebook-post', surfaceId: '1_2' } as const;
    expect(await ledger.otherAdsOn(surface, { platform: 'meta', accountId: 'act_1', adId: '99' }, 'markets-1')).toMatchObject([
      { marketId: null, marketState: 'unknown' },
      { marketId: null, marketState: 'unknown' },
    ]);
    await ledger.close();
  });
});

test('orders of before name one criterion each, and stand as they stood', async () => {
  await onEmpty(async (databaseUrl) => {
    const db = connect({ databaseUrl });
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateTo('0010-whose-comments');
    expect(error).toBeUndefined();
    const olds = {
      all: 'all',
      surface: '1_2',
      brandId: 'b',
      accountId: 'act_1',
      identityId: '4',
      marketId: 'de-DE',
      patternId: 'p',
    };
    for (const [scope, value] of Object.entries(olds)) {
      const order = [scope, value, scope === 'patternId' ? new Date() : null];
      await query(
        databaseUrl,
        "insert into withdrawal_orders (scope, value, ordered_by, why, lifted_at) values ($1, $2, 'Mara', 'w', $3)",
        order,
      );
    }
    await db.destroy();
    const ledger = await openLedger({ databaseUrl });
    await ledger.migrate();
    const { withdrawals } = await ledger.readOverview();
    expect(withdrawals.map(({ criteria }) => criteria)).toEqual([
      {},
      { surfaceId: '1_2' },
      { brandId: 'b' },
      { accountId: 'act_1' },
      { identityId: '4' },
      { marketId: 'de-DE' },
    ]);
    await ledger.close();
  });
});

test('an empty database says that it wants setup', async () => {
  await onEmpty(async (databaseUrl) => {
    const ledger = await openLedger({ databaseUrl });
    expect(await ledger.schema()).toMatchObject({ state: 'empty' });
    await expect(ledger.generation()).rejects.toMatchObject({
      kind: 'not-migrated',
      message: expect.stringMatching(/first-comment setup/),
    });
    await ledger.close();
  });
});

test('a database with somebody else’s tables is named, not touched', async () => {
  await onEmpty(async (databaseUrl) => {
    for (const table of ['invoices', 'customers', 'ledger', 'd', 'e', 'f', 'g'])
      await query(databaseUrl, `create table ${table} (id int)`);
    await expect(openLedger({ databaseUrl })).rejects.toMatchObject({
      kind: 'not-ours',
      message: expect.stringMatching(/customers, d, e, f, g and 2 more.*createdb/s),
    });
    expect(await query(databaseUrl, "select tablename from pg_tables where tablename = 'claims'")).toEqual([]);
  });
});

test('a ledger that a newer program migrated is left alone, with both versions named', async () => {
  await onEmpty(async (databaseUrl) => {
    const ledger = await openLedger({ databaseUrl });
    await ledger.migrate();
    await query(databaseUrl, 'update ledger set schema_version = 999');
    await expect(ledger.migrate()).rejects.toMatchObject({ kind: 'newer', message: expect.stringMatching(/999.*up to \d+/s) });
    await ledger.close();
    await expect(openLedger({ databaseUrl })).rejects.toMatchObject({ kind: 'newer' });
  });
});

test('a database that cannot be reached is named by host, port and name, without the password', async () => {
  const databaseUrl = 'postgres://someone:s3cr3t-word@127.0.0.1:1/nowhere';
  const error = await openLedger({ databaseUrl }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'StoreError',
    kind: 'unreachable',
    message: expect.stringContaining('127.0.0.1:1/nowhere'),
  });
  expect(everythingIn(error)).not.toContain('s3cr3t-word');
});

test('a wrong password and a missing database say what to correct', async () => {
  await onEmpty(async (url) => {
    const wrong = new URL(url);
    wrong.password = 's3cr3t-word';
    const refused = await openLedger({ databaseUrl: wrong.href }).catch((reason: unknown) => reason);
    expect(refused).toMatchObject({ kind: 'unreachable', message: expect.stringMatching(/refuses the user or the password/) });
    expect(everythingIn(refused)).not.toContain('s3cr3t-word');
    const missing = new URL(url);
    missing.pathname = '/not_there';
    await expect(openLedger({ databaseUrl: missing.href })).rejects.toThrow(/createdb/);
  });
});

test.each(['', 'nonsense', 'mysql://a:s3cr3t-word@h/d', 'postgres//a:s3cr3t-word@h'])(
  '%j is no address, and is not repeated',
  async (databaseUrl) => {
    const error = await openLedger({ databaseUrl }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'bad-address', message: expect.stringContaining('postgres://user:password@host') });
    expect(everythingIn(error)).not.toContain('s3cr3t-word');
  },
);

/** The error with all its causes and fields, as a careless log would print it. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return [error.message, error.stack, JSON.stringify(error), everythingIn(error.cause)].join('\n');
}

test('comments of before migration 10 get their ad and copy from the run and the facts of their attempt', async () => {
  await onEmpty(async (databaseUrl) => {
    const db = connect({ databaseUrl });
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateTo('0009-unusable-surfaces');
    expect(error).toBeUndefined();
    const [facts, attempt] = [crypto.randomUUID(), crypto.randomUUID()];
    for (const statement of [
      "insert into surfaces (surface, platform, kind, surface_id) values ('s', 'meta', 'facebook-post', '1_2')",
      "insert into runs (workflow_id, run_id, platform, account_id, ad_id, mode, brand_digest) values ('w', 'r', 'meta', 'act_1', '11', 'pipeline', 'd')",
      `insert into facts (facts_id, workflow_id, run_id, surface_id, facts, proposal, brand_digest, gathered_at)
        values ('${facts}', 'w', 'r', '1_2', '{}', '{"copyVersion": 4}', 'd', now())`,
      "insert into claims (surface, surface_key, cluster, namespace, workflow_id, epoch, state) values ('s', 'k', 'c', 'n', 'w', 1, 'ours')",
      `insert into attempts (attempt_id, surface, surface_id, epoch, n, workflow_id, run_id, facts_id, text, bytes_hash, copy_hash,
          brand_id, account_id, identity_id, market_id, pattern_id, send_by_ms)
        values ('${attempt}', 's', '1_2', 1, 1, 'w', 'r', '${facts}', 't', 'h', 'copy', 'b', 'act_1', '1', 'de-DE', 'p', 2000)`,
      `insert into publications (surface, surface_id, comment_id, attempt_id, text, published_at, origin)
        values ('s', '1_2', 'c1', '${attempt}', 't', now(), 'accepted'), ('s', '1_2', 'c2', null, 't', now(), 'adopted')`,
    ]) {
      await query(databaseUrl, statement);
    }
    await db.destroy();
    const ledger = await openLedger({ databaseUrl });
    await ledger.migrate();
    expect(await query(databaseUrl, 'select comment_id, ad_id, market_id, copy_version from publications order by 1')).toEqual([
      { comment_id: 'c1', ad_id: '11', market_id: 'de-DE', copy_version: 4 },
      { comment_id: 'c2', ad_id: null, market_id: null, copy_version: null },
    ]);
    await ledger.close();
  });
});
