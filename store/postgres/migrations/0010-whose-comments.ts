import { type Kysely, sql } from 'kysely';

/**
 * Each comment says to whom it belongs: what an order may name and later calls need. Columns stay empty for comments of before
 * that no attempt explains. A removed comment keeps its row, with who removed it and why (protocol i, j).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table attempts add column ad_id text, add column copy_version integer`.execute(db);
  await sql`
    update attempts set ad_id = runs.ad_id, copy_version = (facts.proposal ->> 'copyVersion')::integer
    from runs, facts
    where (runs.workflow_id, runs.run_id) = (attempts.workflow_id, attempts.run_id)
      and facts.facts_id = attempts.facts_id`.execute(db);
  await sql`alter table attempts alter column ad_id set not null, alter column copy_version set not null`.execute(db);

  await sql`
    alter table publications
      add column brand_id text,
      add column account_id text,
      add column ad_id text,
      add column identity_id text,
      add column market_id text,
      add column pattern_id text,
      add column copy_hash text,
      add column copy_version integer,
      add column removed_at timestamptz,
      add column removed_by text,
      add column removed_says text`.execute(db);
  await sql`
    update publications set brand_id = attempts.brand_id, account_id = attempts.account_id, ad_id = attempts.ad_id,
      identity_id = attempts.identity_id, market_id = attempts.market_id, pattern_id = attempts.pattern_id,
      copy_hash = attempts.copy_hash, copy_version = attempts.copy_version
    from attempts where attempts.attempt_id = publications.attempt_id`.execute(db);
  await sql`create index publications_by_account on publications (account_id) where removed_at is null`.execute(db);
}
