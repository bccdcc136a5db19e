import { createHash } from 'node:crypto';
import { tellScope } from '../../domain/scopes.ts';
import type { GateRequest, NotSentReason } from '../gate.ts';
import { sameOwner } from './claim-rows.ts';
import type { CoveringPause, GateState } from './gate-state.ts';
import { tellOrder } from './withdrawals.ts';

/** One condition of protocol b: `null` lets the attempt pass, a sentence shuts the gate and says why. */
export interface GateCondition {
  readonly reason: NotSentReason;
  readonly check: (state: GateState, request: GateRequest) => string | null;
  /** What the run would have to wait for, such as the pause's id. */
  readonly key?: (state: GateState) => string | null;
}

const notOwner: GateCondition = {
  reason: 'not-owner',
  check: ({ claim }, { owner }) => {
    if (claim.state === 'released') return 'The claim on this surface was given back; claim it again first.';
    return sameOwner(claim.owner, owner) ? null : `The claim on this surface is held by ${claim.owner.workflowId}.`;
  },
};

const oldEpoch: GateCondition = {
  reason: 'old-epoch',
  check: ({ claim }, { epoch }) =>
    claim.epoch === epoch ? null : `The claim is in epoch ${claim.epoch} now, this attempt was prepared in epoch ${epoch}.`,
};

const oldGeneration: GateCondition = {
  reason: 'old-generation',
  check: (state, { generation }) =>
    state.generation === generation
      ? null
      : `The ledger was restored: it is generation ${state.generation} now, the claim was taken in ${generation}.`,
};

const unsettledAttempt: GateCondition = {
  reason: 'unsettled-attempt',
  check: ({ openAttempt }) =>
    openAttempt === null ? null : `Nobody knows yet whether attempt ${openAttempt} on this surface left a comment.`,
};

const tooManyAttempts: GateCondition = {
  reason: 'too-many-attempts',
  check: ({ spentAttempts }, { maxAttempts, edits }) => {
    const what = edits
      ? `There were ${spentAttempts} attempts to edit this comment`
      : `This surface has had ${spentAttempts} attempts`;
    return spentAttempts < maxAttempts ? null : `${what}, the limit is ${maxAttempts}.`;
  },
};

const paused: GateCondition = {
  reason: 'paused',
  check: ({ pauses }) => firstPause(pauses, 'paused publishing'),
  key: ({ pauses }) => pauses[0]?.id ?? null,
};

const breaker: GateCondition = {
  reason: 'breaker',
  check: ({ breakers }) => firstPause(breakers, 'tripped the breaker'),
  key: ({ breakers }) => breakers[0]?.id ?? null,
};

const withdrawalOrder: GateCondition = {
  reason: 'withdrawal-order',
  check: ({ withdrawals, claim }) => {
    const order = withdrawals[0];
    if (order) return tellOrder(order);
    return claim.state === 'withdrawn' ? 'An operator withdrew the comment on this surface.' : null;
  },
  key: ({ withdrawals }) => withdrawals[0]?.id ?? null,
};

const cancelled: GateCondition = {
  reason: 'cancelled',
  check: ({ cancelledBy, edited }) => {
    if (cancelledBy !== null) return `This run was cancelled by ${cancelledBy}.`;
    return edited?.orderLiftedBy ? `${edited.orderLiftedBy} lifted the order by which this comment was to be edited.` : null;
  },
};

/** A look that was made while requests of the lost time could still land does not count, however clear the thread was (protocol k). */
const notReadWhole: GateCondition = {
  reason: 'old-generation',
  check: ({ generation, claim }) =>
    claim.state === 'ours' || claim.wholeLookGeneration >= generation
      ? null
      : 'The ledger was restored, and the thread was not read whole since what was sent in the lost time has settled.',
};

const copyNotApproved: GateCondition = {
  reason: 'copy-not-approved',
  check: ({ copy }) => {
    if (copy.inForce) return null;
    if (!copy.approved) return 'This copy has no approval in the ledger.';
    return copy.revoked ? 'The approval of this copy was revoked.' : 'The approval of this copy has expired.';
  },
};

const factsTooOld: GateCondition = {
  reason: 'facts-too-old',
  check: ({ facts }, { factsMaxAgeMs }) =>
    facts.ageMs < factsMaxAgeMs
      ? null
      : `The facts are ${Math.round(facts.ageMs / 1000)} s old, at most ${Math.round(factsMaxAgeMs / 1000)} s are allowed.`,
};

const brandChanged: GateCondition = {
  reason: 'brand-changed',
  check: ({ facts, judgement }, { brandDigest }) => {
    if (facts.brandDigest !== brandDigest) return 'The brand folder changed since the facts of this surface were gathered.';
    const judgedUnder = judgement?.brandDigest ?? brandDigest;
    return judgedUnder === brandDigest ? null : 'This surface was judged under another brand folder than the one loaded now.';
  },
};

const notReleased: GateCondition = {
  reason: 'not-released',
  check: ({ judgement, released }) => {
    if (!judgement) return 'No judgement of these facts is recorded.';
    if (judgement.verdict === 'block') return 'The guardrails block this comment.';
    return judgement.verdict === 'hold' && !released ? 'The guardrails hold this comment, and nobody released it.' : null;
  },
};

const otherMarket: GateCondition = {
  reason: 'other-market',
  check: ({ foreignAds }, { scope }) =>
    foreignAds.length === 0
      ? null
      : `Since the judging the surface also serves ${foreignAds.join(', ')}, and this comment is for ${scope.marketId}.`,
};

const notAsJudged: GateCondition = {
  reason: 'not-as-judged',
  check: ({ claim, stands, facts, judgement, edited }, request) => {
    if (!request.edits && (claim.state === 'ours' || stands)) return 'Our comment stands on this surface already.';
    if (request.edits && !(claim.state === 'ours' && edited?.stands))
      return `Comment ${request.edits.commentId}, which was to be edited, does not stand on this surface any more.`;
    const differs = Object.entries({
      'the surface': facts.surfaceId === request.surface.surfaceId,
      'the text': facts.proposal.text === request.text,
      'the hash of the bytes': facts.proposal.bytesHash === request.bytesHash && hashOfBytes(request.text) === request.bytesHash,
      'the copy': facts.proposal.copyHash === request.copyHash,
      'the market': facts.proposal.marketId === request.scope.marketId,
      'the pattern': facts.proposal.patternId === request.scope.patternId,
      'the release digest': judgement === null || judgement.releaseDigest === request.releaseDigest,
    }).flatMap(([what, same]) => (same ? [] : [what]));
    return differs.length === 0 ? null : `What would be sent is not what was judged: ${differs.join(', ')} differ.`;
  },
};

/** All must hold. The first that does not is the answer, so that the reason a person reads does not depend on chance. */
export const GATE_CONDITIONS: readonly GateCondition[] = [
  notOwner,
  oldEpoch,
  oldGeneration,
  withdrawalOrder,
  cancelled,
  unsettledAttempt,
  tooManyAttempts,
  paused,
  breaker,
  notReadWhole,
  copyNotApproved,
  factsTooOld,
  brandChanged,
  notReleased,
  otherMarket,
  notAsJudged,
];

function firstPause(pauses: readonly CoveringPause[], did: string): string | null {
  const pause = pauses[0];
  if (!pause) return null;
  const where = pause.scope === 'all' ? 'everywhere' : `for ${tellScope(pause.scope, pause.value)}`;
  return `${pause.by} ${did} ${where}: ${pause.why}`;
}

function hashOfBytes(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
