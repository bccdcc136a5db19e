import { log } from '@temporalio/activity';
import { sha256Hex } from '../domain/hash.ts';
import { normaliseText } from '../domain/ours.ts';
import { speakerOf } from '../domain/speaker.ts';
import { formatSurface, type SurfaceRef } from '../domain/surface.ts';
import { survivorOf, whyStays } from '../domain/survivor.ts';
import type { Attempt, Belonging, NewIncident, Owner } from '../store/ledger.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import { removeComment } from './remove-comment.ts';
import type { Repaired, RepairInput } from './repair-contract.ts';
import { type RivalComment, rivalsOn } from './rivals.ts';

/** What the removal of a second comment is signed with. */
const SELF = 'repair';

/**
 * Leaves one comment of ours on a surface (protocol j): finds all, decides which one stays, keeps the decision with its incident,
 * then removes the others. Each step finds what the one before has kept, so that it can end anywhere and begin anew; the
 * ledger lets the claim's owner alone decide, so that two never remove both. On a withdrawn surface none stays (protocol i).
 */
export async function repair(dependencies: Dependencies, { surface, workflowId }: RepairInput): Promise<Repaired> {
  const { ledger, brand } = dependencies;
  const owner = ownerOf(dependencies, { workflowId });
  const claim = await becomeOwner(dependencies, surface, owner);
  if (claim.kind === 'held') return claim;
  const recorded = await ledger.recordedOn(surface);
  const belongs = recorded.find((each) => each.belongs !== null)?.belongs ?? null;
  const speaker = belongs ? speakerOf(belongs.identityId, brand) : null;
  if (!belongs || !speaker) {
    const needsPerson = `nobody of the brand folder speaks on ${formatSurface(surface)}; look at its comments by hand`;
    return { kind: 'repaired', survivor: null, dealtWith: [], removed: [], needsPerson };
  }
  const { there, gone, attempts } = await rivalsOn(dependencies, { surface, speaker, accountId: belongs.accountId });
  const decision = decide(there, attempts, claim.withdrawn);
  if (!(await keepDecision(dependencies, { surface, owner, belongs, decision, there })))
    return { kind: 'held', by: 'another workflow' };

  const says = `a comment of ours too many: ${tellStays(decision.stays, decision.withdrawn)}`;
  // One that is gone and that was to go: a removal that came to no end after the platform had carried it out.
  const going = [...decision.goes, ...gone.filter((each) => each.goes)].map((each) => each.commentId);
  const removed: string[] = [];
  const problems = decision.unexplained.map(({ commentId, ours }) =>
    ours
      ? `comment ${commentId} is ours by its signs, but no attempt explains it`
      : `comment ${commentId} stands in the ledger as ours, and is not shown as written by us`,
  );
  for (const commentId of going) {
    const answer = await removeComment(dependencies, { surface, commentId, by: SELF, says });
    if (answer.kind === 'removed') removed.push(commentId);
    else problems.push(answer.says);
  }
  const { stays } = decision;
  return {
    kind: 'repaired',
    survivor: stays ? { commentId: stays.commentId, text: stays.text, publishedAt: stays.createdAt } : null,
    dealtWith: [...there, ...gone].map((each) => each.commentId).filter((each) => each !== stays?.commentId),
    removed,
    needsPerson: problems.length === 0 ? null : problems.join('; '),
  };
}

type Held = Extract<Repaired, { kind: 'held' }>;

/** Only the claim's owner removes anything; a claim whose owner is gone is taken first, by compare-and-swap (protocol g). */
async function becomeOwner(
  { ledger, runs }: Dependencies,
  surface: SurfaceRef,
  owner: Owner,
): Promise<Held | { readonly kind: 'mine'; readonly withdrawn: boolean }> {
  const claim = await ledger.claimOn(surface);
  if (!claim) return { kind: 'held', by: 'nobody: there is no claim' };
  const mine = { kind: 'mine', withdrawn: claim.state === 'withdrawn' } as const;
  const { cluster, namespace, workflowId } = claim.owner;
  if (workflowId === owner.workflowId && cluster === owner.cluster && namespace === owner.namespace) return mine;
  if (await runs.isOpen(claim.owner)) return { kind: 'held', by: workflowId };
  const taken = await ledger.takeForRepair({ surface, owner, expectedEpoch: claim.epoch });
  return taken ? mine : { kind: 'held', by: 'another workflow, which was quicker' };
}

interface Decision {
  readonly stays: RivalComment | null;
  readonly goes: readonly RivalComment[];
  /** Ours by its signs, and yet of no attempt made here: a person decides about it. */
  readonly unexplained: readonly RivalComment[];
  readonly withdrawn: boolean;
}

/** What was decided or removed before does not stay, whatever it looks like now. */
function decide(there: readonly RivalComment[], attempts: readonly Attempt[], withdrawn: boolean): Decision {
  const [first, ...more] = there.filter((each) => each.ours && !each.goes);
  const stays = first && !withdrawn ? survivorOf([first, ...more]) : null;
  const others = there.filter((each) => each !== stays);
  const explained = others.filter((each) => explainedByAttempt(each, attempts));
  return { stays, goes: explained, unexplained: others.filter((each) => !explained.includes(each)), withdrawn };
}

function explainedByAttempt({ ours, attemptId, text }: RivalComment, attempts: readonly Attempt[]): boolean {
  if (!ours) return false;
  return attemptId !== null || attempts.some((attempt) => normaliseText(attempt.text) === normaliseText(text));
}

/** `false`: the claim is somebody else's by now, or something else was decided; nothing may be removed. */
async function keepDecision(
  { ledger }: Dependencies,
  {
    surface,
    owner,
    belongs,
    decision,
    there,
  }: { surface: SurfaceRef; owner: Owner; belongs: Belonging; decision: Decision; there: readonly RivalComment[] },
): Promise<boolean> {
  const { goes, unexplained } = decision;
  // Nothing is removed, and nothing stays, of which the ledger has no row: no order would ever find it again.
  for (const { commentId, text, createdAt, recorded } of there) {
    if (!recorded) await ledger.adopt(surface, owner, { commentId, text, createdAt }, belongs);
  }
  if (goes.length === 0 && unexplained.length === 0) return true;
  const commentIds = goes.map(({ commentId }) => commentId);
  const incident = incidentOf(surface, decision, there);
  log.warn(`incident ${incident.kind} on ${formatSurface(surface)}`, { did: incident.did });
  return ledger.decideRemovals({ surface, owner, stays: decision.stays?.commentId ?? null, commentIds, incident });
}

function incidentOf(
  surface: SurfaceRef,
  { stays, goes, unexplained, withdrawn }: Decision,
  there: readonly RivalComment[],
): NewIncident {
  const ids = there.map(({ commentId }) => commentId).sort();
  const removes = goes.length === 0 ? 'nothing is removed' : `${goes.map(({ commentId }) => commentId).join(', ')} is removed`;
  const leaves =
    unexplained.length === 0
      ? ''
      : `; no attempt explains ${unexplained.map((each) => each.commentId).join(', ')}, a person decides`;
  return {
    kind: stays ? 'second-comment' : 'drift',
    surfaceId: surface.surfaceId,
    evidence: {
      stays: stays?.commentId ?? null,
      comments: there.map((each) => ({
        commentId: each.commentId,
        createdAt: each.createdAt,
        hidden: each.hidden,
        textHash: sha256Hex(each.text),
        attemptId: each.attemptId,
        whyTheOtherStays: stays && each !== stays ? whyStays(stays, each) : null,
      })),
    },
    did: `${tellStays(stays, withdrawn)}, ${removes}${leaves}`,
    once: `second-comment ${surface.platform} ${surface.surfaceId} ${ids.join(' ')}`,
  };
}

function tellStays(stays: RivalComment | null, withdrawn: boolean): string {
  if (stays) return `${stays.commentId} stays`;
  return withdrawn ? 'the surface was withdrawn' : 'the one that was to stay is gone';
}
