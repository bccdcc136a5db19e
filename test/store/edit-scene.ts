import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { Edit, GateRequest, Ledger } from '../../store/ledger.ts';
import { approvalOf, factsOf, hashOf, judgementOf, passGate, proposalOf, readyToSend, type Scene } from './scene.ts';

const OLD_COPY: OrderCriteria = { copyHash: 'copy-1' };

export interface EditScene extends Scene {
  readonly edits: Edit;
  /** A request for the edit that passes the gate. */
  readonly edit: GateRequest;
}

/** A comment `c1` that stands, an order that covers it and not its new text, and all that the edit needs. */
export async function readyToEdit(ledger: Ledger, anew: string, criteria: OrderCriteria = OLD_COPY): Promise<EditScene> {
  const scene = await readyToSend(ledger);
  const { ad, surface, run, owner, request } = scene;
  const { attemptId } = await passGate(ledger, request);
  await ledger.recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
  const facts = factsOf(ad, surface, { proposal: proposalOf(anew, 'copy-2'), knownCommentIds: ['c1'] });
  const factsId = await ledger.recordFacts(run, surface.surfaceId, facts, 'brand-1');
  await ledger.recordJudgement(factsId, judgementOf(), 'brand-1');
  await ledger.importApprovals([approvalOf({ hash: 'copy-2', version: 2 })]);
  const { id: orderId } = await ledger.orderWithdrawal({
    criteria: { surfaceId: surface.surfaceId, ...criteria },
    edit: true,
    by: 'Legal',
    why: 'price',
  });
  const edits = { orderId, commentId: 'c1' };
  const claim = await ledger.claimToEdit({ surface, owner, edit: edits, text: anew });
  if (claim.kind !== 'claimed') throw new Error(`expected the claim, got ${claim.kind}`);
  const written = { text: anew, bytesHash: hashOf(anew), copyHash: 'copy-2', copyVersion: 2 };
  return { ...scene, edits, edit: { ...request, ...written, factsId, epoch: claim.epoch, edits } };
}
