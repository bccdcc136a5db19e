import { log } from '@temporalio/activity';
import type { Proposal } from '../domain/facts.ts';
import { marketDigest } from '../domain/market-digest.ts';
import { formatSurface } from '../domain/surface.ts';
import type { PlatformAdapter, PublishRequest, PublishResult } from '../platforms/platform.ts';
import { StoreError } from '../store/errors.ts';
import type { AttemptResult, Ledger } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import { DEFAULT_THROTTLE_MS } from './failure-contract.ts';
import { defect } from './failures.ts';
import { isProposal } from './gather.ts';
import type { GoOn, Published, PublishInput } from './publish-contract.ts';

/** The gate, then one request that writes a comment or edits one, then the first record (protocol b, c). Attempted once by Temporal. */
export async function publish(dependencies: Dependencies, input: PublishInput): Promise<Published> {
  const { ledger, brand, timing } = dependencies;
  const { run, ad, surface, factsId, proposal } = input;
  // The clock of `sendBy` runs from before BEGIN, on this machine's monotonic clock.
  const sendBy = performance.now() + timing.sendByMs;
  const judged = await readProposal(ledger, factsId);
  if (judged.kind === 'not-sent') return judged;
  const { text, bytesHash, copyHash, copyVersion, marketId, patternId } = judged.proposal;
  const gate = await ledger.gate({
    surface,
    owner: ownerOf(dependencies, run),
    runId: run.runId,
    epoch: input.epoch,
    generation: input.generation,
    factsId,
    text,
    bytesHash,
    copyHash,
    copyVersion,
    adId: ad.adId,
    ...(input.edits ? { edits: input.edits } : {}),
    brandDigest: brand.digest,
    marketDigest: marketDigest(brand),
    releaseDigest: input.releaseDigest,
    scope: { brandId: brand.id, accountId: ad.accountId, identityId: proposal.identityId, marketId, patternId },
    factsMaxAgeMs: timing.factsMaxAgeMs,
    maxAttempts: timing.maxAttempts,
    sendByMs: timing.sendByMs,
  });
  if (gate.kind === 'not-sent') return gate;

  const { identityId, pageId } = proposal;
  const request = { surface, identityId, pageId, adId: ad.adId, text, sendBy, deadlineMs: timing.writeDeadlineMs };
  const answer = await send(platformOf(dependencies, ad), request, input.edits, callContext(ad).accountId);
  const result = attemptResult(answer);
  const breakerId = await recordFirst(ledger, gate.attemptId, result);
  const goOn = consequence(answer, breakerId ?? identityId);
  return { kind: 'answered', attemptId: gate.attemptId, publishedAt: gate.gateAt, result, goOn };
}

async function send(
  adapter: PlatformAdapter,
  request: PublishRequest,
  edits: PublishInput['edits'],
  accountId: string,
): Promise<PublishResult> {
  if (!edits) return adapter.publish(request, { accountId });
  const edited = await adapter.editComment({ ...request, commentId: edits.commentId }, { accountId });
  if (edited !== 'unsupported') return edited;
  const says = `the platform cannot edit a comment on ${formatSurface(request.surface)}`;
  return { kind: 'refused', why: 'invalid', code: null, says, retryAfterMs: null };
}

/** The bytes come from the facts that were judged, never from the history. Facts that are gone shut the gate (protocol k). */
async function readProposal(
  ledger: Ledger,
  factsId: string,
): Promise<{ kind: 'proposal'; proposal: Proposal } | Extract<Published, { kind: 'not-sent' }>> {
  try {
    const { proposal } = await ledger.readFacts(factsId);
    if (isProposal(proposal)) return { kind: 'proposal', proposal };
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'ledger-behind') throw error;
    return { kind: 'not-sent', reason: 'breaker', says: error.message, key: error.pauseId, behind: true };
  }
  throw defect(`facts ${factsId} hold no proposal; nothing can be published under them`);
}

/**
 * Either record suffices: when the ledger cannot be reached now, the workflow writes the same result after us. Answers
 * the breaker that a spam verdict tripped.
 */
async function recordFirst(ledger: Ledger, attemptId: string, result: AttemptResult): Promise<string | null> {
  try {
    const { breakerId } = await ledger.recordResult(attemptId, result, 'activity');
    return breakerId;
  } catch (error) {
    log.warn('the first record of a publish result failed; the workflow will write it', {
      attemptId,
      kind: result.kind,
      error: String(error),
    });
    return null;
  }
}

function attemptResult(answer: PublishResult): AttemptResult {
  switch (answer.kind) {
    case 'accepted':
      return { kind: 'accepted', commentId: answer.commentId };
    case 'refused':
      return { kind: 'refused', why: answer.why, code: answer.code, says: answer.says };
    case 'not-sent':
      return { kind: 'not-sent', says: answer.says };
    case 'unknown':
      return { kind: 'unknown', says: answer.says };
  }
}

/** What a refusal means for the run. A spam verdict closed the identity for everybody: its record tripped the breaker. */
function consequence(answer: PublishResult, breakerKey: string): GoOn | null {
  if (answer.kind !== 'refused') return null;
  switch (answer.why) {
    case 'throttled':
      return { kind: 'throttled', retryAfterMs: answer.retryAfterMs ?? DEFAULT_THROTTLE_MS };
    case 'auth':
      return { kind: 'credentials' };
    case 'policy':
      return { kind: 'breaker', key: breakerKey };
    default:
      return { kind: 'no' };
  }
}
