import { log } from '@temporalio/activity';
import type { PublishResult } from '../platforms/platform.ts';
import type { AttemptResult, Ledger } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import type { GoOn, Published, PublishInput } from './contract.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import { isProposal } from './gather.ts';

const DEFAULT_THROTTLE_MS = 60_000;

/** The gate, then one request, then the first record (protocol b, c). Attempted once by Temporal. */
export async function publish(dependencies: Dependencies, input: PublishInput): Promise<Published> {
  const { ledger, brand, timing } = dependencies;
  const { run, ad, surface, factsId, proposal } = input;
  // The clock of `sendBy` runs from before BEGIN, on this machine's monotonic clock.
  const sendBy = performance.now() + timing.sendByMs;
  const facts = await ledger.readFacts(factsId);
  // The bytes come from the facts that were judged, never from the history.
  if (!isProposal(facts.proposal)) throw new Error(`facts ${factsId} hold no proposal; nothing can be published under them`);
  const { text, bytesHash, copyHash, marketId, patternId } = facts.proposal;
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
    brandDigest: brand.digest,
    releaseDigest: input.releaseDigest,
    scope: { brandId: brand.id, accountId: ad.accountId, identityId: proposal.identityId, marketId, patternId },
    factsMaxAgeMs: timing.factsMaxAgeMs,
    maxAttempts: timing.maxAttempts,
    sendByMs: timing.sendByMs,
  });
  if (gate.kind === 'not-sent') return gate;

  const { identityId, pageId } = proposal;
  const request = { surface, identityId, pageId, adId: ad.adId, text, sendBy, deadlineMs: timing.writeDeadlineMs };
  const answer = await platformOf(dependencies, ad).publish(request, { accountId: callContext(ad).accountId });
  const result = attemptResult(answer);
  await recordFirst(ledger, gate.attemptId, result);
  const goOn = await consequence(ledger, answer, identityId);
  return { kind: 'answered', attemptId: gate.attemptId, publishedAt: gate.gateAt, result, goOn };
}

/** Either record suffices: when the ledger cannot be reached now, the workflow writes the same result after us. */
async function recordFirst(ledger: Ledger, attemptId: string, result: AttemptResult): Promise<void> {
  try {
    await ledger.recordResult(attemptId, result, 'activity');
  } catch (error) {
    log.warn('the first record of a publish result failed; the workflow will write it', {
      attemptId,
      kind: result.kind,
      error: String(error),
    });
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

/** What a refusal means for the run. A spam verdict closes the identity for everybody until a person opens it again. */
async function consequence(ledger: Ledger, answer: PublishResult, identityId: string): Promise<GoOn | null> {
  if (answer.kind !== 'refused') return null;
  switch (answer.why) {
    case 'throttled':
      return { kind: 'throttled', retryAfterMs: answer.retryAfterMs ?? DEFAULT_THROTTLE_MS };
    case 'auth':
      return { kind: 'credentials' };
    case 'policy': {
      const breaker = { kind: 'breaker', scope: 'identityId', value: identityId, by: 'publish', why: answer.says } as const;
      const { id } = await ledger.pause(breaker);
      return { kind: 'breaker', key: id };
    }
    default:
      return { kind: 'no' };
  }
}
