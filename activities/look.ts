import { partOwn } from '../domain/ours.ts';
import type { ThreadDepth } from '../platforms/platform.ts';
import { callContext, platformOf } from './context.ts';
import type { Looked, SurfaceInput } from './contract.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import { translated } from './failures.ts';
import { signsOfOurs } from './signs.ts';

/** Bounds of the look before publishing (protocol e); after a takeover the whole thread is read. */
const NEWEST = 200;
const OLDEST = 50;
/** Until older than anything: after a takeover nobody vouches for what the last owner saw (protocol e). */
const WHOLE: ThreadDepth = { kind: 'until', olderThan: new Date(0).toISOString() };

/** Looks at the thread once more, after the claim and just before publishing: what is ours is adopted, never repeated. */
export async function look(
  dependencies: Dependencies,
  { run, ad, surface, proposal, wholeThread }: SurfaceInput & { readonly wholeThread: boolean },
): Promise<Looked> {
  const { ledger, timing } = dependencies;
  const { identityId, pageId } = proposal;
  const depth: ThreadDepth = wholeThread ? WHOLE : { kind: 'bounded', newest: NEWEST, oldest: OLDEST };
  const [publications, attempts, reading] = await Promise.all([
    ledger.publicationsOn(surface),
    ledger.attemptsOn(surface),
    translated(() => platformOf(dependencies, ad).readThread({ surface, identityId, pageId, depth }, callContext(ad))),
  ]);
  const thread = { strangers: reading.strangers, readAt: reading.readAt, complete: reading.complete };
  const { ours, handWritten } = partOwn(reading.own, signsOfOurs(dependencies, proposal.surfaceKey, publications, attempts));
  const [found] = ours;
  if (found) {
    await ledger.adopt(surface, ownerOf(dependencies, run), found);
    await ledger.planLooks(surface, found.commentId, timing.looksMs);
    return { kind: 'ours', commentId: found.commentId, publishedAt: found.createdAt, thread };
  }
  const [manual] = handWritten;
  return manual ? { kind: 'by-brand', commentId: manual.commentId } : { kind: 'clear', thread };
}
