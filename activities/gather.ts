import type { AdSnapshot, Proposal, SurfaceFacts, ThreadReading } from '../domain/facts.ts';
import { marketDigest } from '../domain/market-digest.ts';
import { propose } from '../domain/propose.ts';
import { speakerFor } from '../domain/speaker.ts';
import type { Surface } from '../domain/surface.ts';
import { surfaceKey } from '../domain/surface-key.ts';
import { type CommentReading, PlatformError, type PlatformErrorKind } from '../platforms/platform.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { steadily, translated } from './failures.ts';
import type { Gathered, GatherInput } from './judge-contract.ts';
import { alsoText, signsOfOurs } from './signs.ts';

/** Nothing that waiting would mend; one surface's no, while the others go on. */
const REFUSALS: readonly PlatformErrorKind[] = ['permission', 'invalid', 'policy', 'schema'];

/** Gathers the facts of each surface and keeps them. One surface that refuses does not silence the others. */
export async function gatherFacts(dependencies: Dependencies, input: GatherInput): Promise<readonly Gathered[]> {
  const resolution = await dependencies.ledger.readResolution(input.run);
  if (!resolution) throw await dependencies.ledger.behind(`a resolution of ${input.run.workflowId}`);
  return Promise.all(input.surfaces.map((surface) => gatherOne(dependencies, input, surface, resolution)));
}

async function gatherOne(
  dependencies: Dependencies,
  input: GatherInput,
  surface: Surface,
  { snapshot, resolvedAt }: { snapshot: AdSnapshot; resolvedAt: string },
): Promise<Gathered> {
  const { brand, ledger } = dependencies;
  const speaking = speakerFor(surface, snapshot, brand);
  if (speaking.kind === 'nobody') {
    return { kind: 'ended', surfaceId: surface.surfaceId, outcome: speaking.outcome, says: speaking.says };
  }
  try {
    const facts = await steadily(() => factsOf(dependencies, input, surface, speaking.speaker, snapshot, resolvedAt));
    return {
      kind: 'gathered',
      surfaceId: surface.surfaceId,
      factsId: await ledger.recordFacts(input.run, surface.surfaceId, facts, brand.digest),
    };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.kind === 'not-found')
      return { kind: 'ended', surfaceId: surface.surfaceId, outcome: 'not-commentable', says: error.message };
    if (REFUSALS.includes(error.kind)) {
      return { kind: 'ended', surfaceId: surface.surfaceId, outcome: 'refused', says: error.message };
    }
    return translated(() => Promise.reject(error));
  }
}

async function factsOf(
  dependencies: Dependencies,
  { ad, mode, edits }: GatherInput,
  surface: Surface,
  { identityId, pageId }: { identityId: string; pageId: string },
  snapshot: AdSnapshot,
  gatheredAt: string,
): Promise<SurfaceFacts> {
  const { ledger, brand } = dependencies;
  const adapter = platformOf(dependencies, ad);
  const context = callContext(ad);
  const proposal = propose(snapshot, surface, brand);
  const [publications, attempts, mayLackAttempts] = await Promise.all([
    ledger.publicationsOn(surface),
    ledger.attemptsOn(surface),
    ledger.mayLackAttempts(surface),
  ]);
  const ours = signsOfOurs(dependencies, surfaceKey(brand.id, surface), publications, attempts);
  const signs = isProposal(proposal) ? alsoText(ours, proposal.text) : ours;
  // After a restore the attempt may be lost by which our comment came there; its text, as it would be today, tells all the same.
  const { attemptTexts } = mayLackAttempts ? signs : ours;
  const [reading, thread, otherAds, approval] = await Promise.all([
    adapter.readSurface(surface, pageId, context),
    adapter.readThread({ surface, identityId, pageId, depth: { kind: 'first-page' }, signs }, context),
    ledger.otherAdsOn(surface, ad, marketDigest(brand)),
    isProposal(proposal) ? ledger.copyApproval(proposal.copyHash) : null,
  ]);
  const read = (commentId: string) => adapter.readComment({ surface, identityId, pageId, commentId }, context);
  return {
    gatheredAt,
    snapshot,
    reading,
    thread: edits ? await withComment(thread, edits, read) : thread,
    otherAds,
    proposal,
    approval,
    knownCommentIds: ours.knownCommentIds,
    attemptTexts,
    mode,
  };
}

/** The thread with the comment that is to be edited, which may be older than those of the first page. */
async function withComment(
  thread: ThreadReading,
  { commentId }: { readonly commentId: string },
  read: (commentId: string) => Promise<CommentReading>,
): Promise<ThreadReading> {
  if (thread.own.some((each) => each.commentId === commentId)) return thread;
  const reading = await read(commentId);
  return reading.kind === 'gone' ? thread : { ...thread, own: [...thread.own, reading.comment] };
}

export function isProposal(proposal: SurfaceFacts['proposal']): proposal is Proposal {
  return 'text' in proposal;
}
