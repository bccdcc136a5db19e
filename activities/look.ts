import { partOwn } from '../domain/ours.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import { PlatformError, type ThreadDepth } from '../platforms/platform.ts';
import { callContext, platformOf } from './context.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import { translated } from './failures.ts';
import type { Looked, LookInput, ThreadSummary } from './look-contract.ts';
import { BOUNDED } from './own-comments.ts';
import { alsoText, signsOfOurs } from './signs.ts';

/**
 * Until older than anything: after a takeover nobody vouches for what the last owner saw (protocol e), after a restore nobody
 * knows what was written in the lost time (protocol k).
 */
const WHOLE: ThreadDepth = { kind: 'until', olderThan: new Date(0).toISOString() };

/** Looks at the thread once more, after the claim and just before publishing: what is ours is adopted, never repeated. */
export async function look(
  dependencies: Dependencies,
  { run, ad, surface, proposal, wholeThread, generation, afterRestore = false }: LookInput,
): Promise<Looked> {
  const { ledger, brand, timing } = dependencies;
  const began = performance.now();
  const { identityId, pageId } = proposal;
  const depth: ThreadDepth = wholeThread ? WHOLE : BOUNDED;
  const [recorded, attempts] = await Promise.all([ledger.recordedOn(surface), ledger.attemptsOn(surface)]);
  const publications = recorded.filter(({ removedAt }) => removedAt === null);
  // Read back as gone, and yet a list may show it for a while.
  const removed = recorded.filter((each) => !publications.includes(each)).map(({ commentId }) => commentId);
  const ledgerSigns = signsOfOurs(dependencies, proposal.surfaceKey, publications, attempts);
  const widerSigns = alsoText(ledgerSigns, proposal.text);
  const request = { surface, identityId, pageId, depth, signs: widerSigns };
  const { reading, ours, handWritten } = await translated(async () => {
    const read = await platformOf(dependencies, ad).readThread(request, callContext(ad));
    if (!read.complete && read.own.length === 0) throw doubtful(surface);
    const own = read.own.filter(({ commentId }) => !removed.includes(commentId));
    return { reading: read, ...partOwn(own, afterRestore ? widerSigns : ledgerSigns) };
  });
  // Last of all: whoever is killed before looks at the whole thread again.
  const noteWhole = async () => {
    if (!wholeThread || !reading.complete || generation === undefined) return;
    await ledger.noteWholeLook(surface, generation, performance.now() - began);
  };
  const thread: ThreadSummary = { strangers: reading.strangers, readAt: reading.readAt, complete: reading.complete };
  const [found] = ours;
  if (found) {
    const { accountId, adId } = ad;
    const belongs = { brandId: brand.id, accountId, adId, identityId, marketId: proposal.marketId };
    const { withdrawn } = await ledger.adopt(surface, ownerOf(dependencies, run), found, belongs);
    await ledger.planLooks(surface, found.commentId, timing.looksMs);
    await noteWhole();
    return {
      kind: 'ours',
      commentId: found.commentId,
      text: found.text,
      publishedAt: found.createdAt,
      thread,
      ...(withdrawn === null ? {} : { withdrawn }),
    };
  }
  await noteWhole();
  const [manual] = handWritten;
  return manual ? { kind: 'by-brand', commentId: manual.commentId } : { kind: 'clear', thread };
}

/** Nothing is written beside a comment that may be ours. Read again, the thread may tell. */
function doubtful({ platform, surfaceId }: SurfaceRef): PlatformError {
  const message = `The thread of ${surfaceId} could not be read whole, or a comment in it looks like ours and names no author. Look at the thread before you run the ad again.`;
  return new PlatformError({ kind: 'schema', platform, message });
}
