import { CancellationScope } from '@temporalio/workflow';
import type { EditInput } from '../activities/claim-contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { beforeTryingAgain } from './backoff.ts';
import { showDetails } from './describe.ts';
import { ledger } from './policies.ts';
import { sendOnce, settleAttempt } from './publish-surface.ts';
import { enterStage, note, type Place, type Run } from './run.ts';
import { type Step, withdrawn } from './step.ts';
import { verifySurface } from './verify-surface.ts';
import { selfWake } from './waiting.ts';
import { claimWait } from './waits.ts';

/**
 * Gives a comment of ours that stands the judged text (protocol i): claim, gate, edit once, settle, verify. An edit leaves no
 * second comment behind, so no look comes before it. What only a person can end is not waited for: the order stands, and whoever
 * carries it out deletes the comment instead.
 */
export async function editSurface(run: Run, place: Place, input: EditInput, releaseDigest: string): Promise<Step> {
  enterStage(run, place, 'publish');
  const step = await tryEdit(run, place, input, releaseDigest);
  if (step.kind !== 'wait' || step.wait.reason !== 'paused' || step.behind) return step;
  return { kind: 'end', outcome: 'blocked', says: step.wait.says };
}

async function tryEdit(run: Run, place: Place, input: EditInput, releaseDigest: string): Promise<Step> {
  const { commentId } = input.edits;
  let failures = 0;
  for (;;) {
    const { claimToEdit } = ledger(`claim ${formatSurface(place.surface)} to edit ${commentId}`);
    const claimed = await CancellationScope.nonCancellable(() => claimToEdit(input));
    switch (claimed.kind) {
      case 'withdrawn':
        return { kind: 'end', outcome: 'withdrawn', says: claimed.says };
      case 'held':
        return { kind: 'wait', wait: claimWait(place.surface, claimed.by), ms: selfWake(run) };
      case 'edited':
        note(place, { edited: input.proposal.text });
        return verifySurface(run, place, input, commentId, claimed.at);
    }
    if (claimed.open) {
      const settled = await settleAttempt(run, place, input, claimed.open);
      if (settled) return settled;
      continue;
    }
    if (run.cancelled) return withdrawn();
    const sent = await sendOnce(run, place, input, claimed, releaseDigest);
    if (sent.kind === 'step') return sent.step;
    if (sent.kind === 'failed') {
      failures += 1;
      note(place, { says: `the edit failed ${failures} time(s): ${sent.why}` });
      showDetails(run);
      await CancellationScope.nonCancellable(() => beforeTryingAgain(failures, sent.why));
    }
  }
}
