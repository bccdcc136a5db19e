import type { AdRef } from '../../domain/ad.ts';
import type { AdSnapshot, Resolution } from '../../domain/facts.ts';
import { kindsWithThread, reasonWithoutThread } from '../../domain/placements.ts';
import type { SurfaceKind } from '../../domain/surface.ts';
import type { CallContext } from '../platform.ts';
import type { AccountBook } from './accounts.ts';
import { AD_FIELDS, AdNode } from './ad-node.ts';
import type { CreativeNode } from './creative-node.ts';
import { type Graph, SYSTEM } from './graph.ts';
import { closed, type Finding, isMissing, lookUp, unusable } from './look-up.ts';
import { namesOf } from './names.ts';
import type { PageBackedBook } from './page-backed.ts';
import { snapshotOf } from './snapshot.ts';
import { NAMES_NO_VARIANT, reasonForVariants } from './variants.ts';

/** Creatives whose post is gone for good. */
const DEAD_CREATIVES: ReadonlyMap<string | null, string> = new Map([
  ['POST_DELETED', 'the post of this ad was deleted'],
  ['PRIVACY_CHECK_FAIL', 'the post of this ad may not be shown to people'],
]);

/** What of Meta is asked for once and then known. */
export interface Books {
  readonly accounts: AccountBook;
  readonly pageBacked: PageBackedBook;
}

/**
 * Finds out what an ad is and on which surfaces it runs: one call for the ad, one for each of its surfaces; one more for an
 * ad that is put together from parts, and one per hour for the Page behind an Instagram media.
 */
export async function resolveAd(graph: Graph, books: Books, ad: AdRef, context: CallContext): Promise<Resolution> {
  const node = await readAd(graph, ad, context);
  if (node === null) {
    const why = `Meta knows no ad ${ad.adId}, or the system user may not see it. Check the ad's id, and that ${ad.accountId} is assigned to the system user.`;
    return { kind: 'not-found', why };
  }
  if (`act_${node.account_id}` !== ad.accountId) {
    return {
      kind: 'not-found',
      why: `Ad ${ad.adId} belongs to act_${node.account_id}, not to ${ad.accountId}. Name it under its own account.`,
    };
  }
  const snapshot = snapshotOf(ad, node, await books.accounts(ad.accountId, context));
  const threads = kindsWithThread(snapshot.placements);
  const wait = reasonToWait(snapshot, node.creative, threads);
  if (wait !== null) return { kind: 'later', snapshot, why: wait };
  const findings = await lookUps(graph, snapshot, node.creative, threads, context);
  const surfaces = findings.flatMap((finding) => ('surface' in finding ? [finding.surface] : []));
  const pageId = snapshot.facebookPageId;
  const asks = pageId !== null && surfaces.some(({ kind }) => kind === 'instagram-media');
  return {
    kind: 'resolved',
    snapshot: asks ? { ...snapshot, pageBackedAccountId: await books.pageBacked(pageId, context) } : snapshot,
    surfaces,
    unusable: findings.flatMap((finding) => ('unusable' in finding ? [finding.unusable] : [])),
    named: findings.flatMap((finding) =>
      finding.named ? [{ named: finding.named, surface: 'surface' in finding ? finding.surface : null }] : [],
    ),
  };
}

async function readAd(graph: Graph, ad: AdRef, context: CallContext): Promise<AdNode | null> {
  try {
    return await graph.read({ node: ad.adId, params: { fields: AD_FIELDS }, as: SYSTEM, context }, AdNode);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Ids that are not there yet mean later, not never; those of a surface on which the ad does not deliver are not waited for. */
function reasonToWait(snapshot: AdSnapshot, creative: CreativeNode, threads: readonly SurfaceKind[]): string | null {
  if (snapshot.state === 'in-process') return 'Meta is still processing the ad';
  if (creative.status !== 'IN_PROCESS') return null;
  const instagram = snapshot.placements !== null || snapshot.instagramAccountId !== null;
  const missing = [
    creative.effective_object_story_id === null && threads.includes('facebook-post') ? 'Facebook post' : null,
    creative.effective_instagram_media_id === null && threads.includes('instagram-media') && instagram ? 'Instagram media' : null,
  ].filter((name) => name !== null);
  return missing.length > 0 ? `Meta is still processing the creative; not there yet: ${missing.join(', ')}` : null;
}

async function lookUps(
  graph: Graph,
  snapshot: AdSnapshot,
  creative: CreativeNode,
  threads: readonly SurfaceKind[],
  context: CallContext,
): Promise<readonly Finding[]> {
  const dead = DEAD_CREATIVES.get(creative.object_type);
  if (dead !== undefined) return [unusable('facebook-post', dead)];
  const names = namesOf(creative);
  const variants = threads.length === 0 ? null : await reasonForVariants(graph, snapshot.format, creative, context);
  if (names.length === 0) return [unusable(null, variants ?? REASON_WITHOUT_IDS[snapshot.format])];
  return Promise.all(
    names.map((named) => {
      if (!threads.includes(named.kind)) return unusable(named.kind, reasonWithoutThread(named.kind, snapshot.placements), named);
      return variants === null ? lookUp(graph, snapshot, named, context) : { ...closed(named, variants), named };
    }),
  );
}

const REASON_WITHOUT_IDS: Readonly<Record<AdSnapshot['format'], string>> = {
  catalogue: 'a catalogue ad is put together for each viewer, so it has no single post to comment on',
  'dynamic-creative': NAMES_NO_VARIANT,
  flexible: 'the ad chooses among groups of parts and names neither a Facebook post nor an Instagram media',
  single: 'the creative names neither a Facebook post nor an Instagram media',
};
