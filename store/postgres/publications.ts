import { type RawBuilder, sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Belonging, Publication, RecordedComment } from '../publications.ts';
import { BELONGS } from './attempt-rows.ts';
import type { Db } from './connect.ts';
import { surfaceRow } from './surface-rows.ts';

interface PublicationRow {
  readonly surface_id: string;
  readonly comment_id: string;
  readonly attempt_id: string | null;
  readonly text: string;
  readonly published_at: Date;
  readonly origin: Publication['origin'];
}

/** Comments of ours that stand on the surface, oldest first. */
export async function publicationsOn(db: Db, surface: SurfaceRef): Promise<readonly Publication[]> {
  const found = await sql<PublicationRow>`
    select surface_id, comment_id, attempt_id, text, published_at, origin from publications
    where surface = ${surfaceRow(surface)} and removed_at is null order by published_at, comment_id`.execute(db);
  return found.rows.map(publicationOf);
}

function publicationOf(row: PublicationRow): Publication {
  return {
    surfaceId: row.surface_id,
    commentId: row.comment_id,
    attemptId: row.attempt_id,
    text: row.text,
    publishedAt: row.published_at.toISOString(),
    origin: row.origin,
  };
}

/** One comment of ours, standing or removed. */
export async function commentOn(db: Db, surface: SurfaceRef, commentId: string): Promise<RecordedComment | null> {
  const [comment] = await selectComments(db, sql`surface = ${surfaceRow(surface)} and comment_id = ${commentId}`);
  return comment ?? null;
}

/** All comments of ours that the surface ever had, oldest first. */
export function recordedOn(db: Db, surface: SurfaceRef): Promise<readonly RecordedComment[]> {
  return selectComments(db, sql`surface = ${surfaceRow(surface)}`);
}

async function selectComments(db: Db, where: RawBuilder<unknown>): Promise<readonly RecordedComment[]> {
  const found = await sql<PublicationRow & { belongs: Belonging | null; removed_at: Date | null; goes: boolean }>`
    select surface_id, comment_id, attempt_id, text, published_at, origin, removed_at, removing_since is not null as goes,
      case when identity_id is not null then ${BELONGS} end as belongs
    from publications where ${where} order by published_at, comment_id`.execute(db);
  return found.rows.map((row) => ({
    ...publicationOf(row),
    belongs: row.belongs,
    removedAt: row.removed_at?.toISOString() ?? null,
    goes: row.goes,
  }));
}

/** Keeps a comment of ours; one that the ledger knows already is left as it was recorded first. */
export async function insertPublication(db: Db, surface: string, publication: Publication, belongs: Belonging): Promise<void> {
  await sql`
    insert into publications (surface, surface_id, comment_id, attempt_id, text, published_at, origin,
      brand_id, account_id, ad_id, identity_id, market_id, pattern_id, copy_hash, copy_version)
    values (${surface}, ${publication.surfaceId}, ${publication.commentId}, ${publication.attemptId},
      ${publication.text}, ${publication.publishedAt}, ${publication.origin},
      ${belongs.brandId}, ${belongs.accountId}, ${belongs.adId}, ${belongs.identityId}, ${belongs.marketId},
      ${belongs.patternId}, ${belongs.copyHash}, ${belongs.copyVersion})
    on conflict do nothing`.execute(db);
}
