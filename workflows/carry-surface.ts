import { allHandlersFinished, workflowInfo } from '@temporalio/workflow';
import type { SurfaceInput } from '../activities/claim-contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { beforeTryingAgain } from './backoff.ts';
import { showDetails } from './describe.ts';
import { editSurface } from './edit-surface.ts';
import { ledger } from './policies.ts';
import { publishSurface } from './publish-surface.ts';
import { note, type Place, type Run } from './run.ts';
import { tellStanding } from './standing.ts';
import type { Step } from './step.ts';
import { factsAreOld, revalidate } from './validate.ts';
import { waitForWake, waitUntil } from './waiting.ts';

/** So often an edit is judged anew; then whoever ordered it deletes the comment instead. */
const MOST_EDIT_ROUNDS = 4;

/** Carries one validated surface to its outcome, through holds and waits. Each surface goes its own way: a bad one silences no good one. */
export async function carrySurface(run: Run, place: Place): Promise<void> {
  let again = 0;
  // Facts may be overtaken: where the protocol finds nothing of ours after all, the next hold waits.
  let foundNothing = false;
  const { edits } = run.input;
  while (place.state.outcome === null && !run.continuing) {
    const judged = place.judged;
    if (!judged || judged.verdict === 'block' || !judged.proposal) {
      note(place, { outcome: judged?.outcome ?? 'blocked' });
      break;
    }
    const unreleased = judged.verdict === 'hold' && !place.released.has(judged.releaseDigest);
    if (unreleased && edits) {
      note(place, { outcome: 'blocked', says: `it would wait for an approval: ${heldBy(place)}` });
      break;
    }
    // An approval is leave to publish: where ours stands nothing is to be published, so nobody is asked.
    if (unreleased && (foundNothing || !judged.standing)) {
      await awaitDecision(run, place, judged.releaseDigest);
      if (place.state.outcome === null && factsAreOld(run, place)) await revalidate(run, place);
      continue;
    }
    const { ad, mode } = run.input;
    const input: SurfaceInput = {
      run: run.ref,
      ad,
      mode,
      surface: place.surface,
      factsId: judged.factsId,
      proposal: judged.proposal,
    };
    const wakes = run.wakes;
    const step = edits
      ? await editSurface(run, place, { ...input, edits }, judged.releaseDigest)
      : await publishSurface(run, place, input, judged.releaseDigest);
    if (step.kind === 'end') {
      note(place, { outcome: step.outcome, says: step.says });
    } else {
      note(place, { says: step.kind === 'wait' ? step.wait.says : step.says });
      if (step.kind === 'wait') await waitOut(run, place, step, wakes);
      if (step.kind === 'wait' && step.behind) run.continuing = true;
      if (run.continuing) break;
      // The first time at once: facts grow old, a brand folder changes.
      if (step.kind === 'again') {
        foundNothing = unreleased;
        if (edits && again === MOST_EDIT_ROUNDS) {
          note(place, { outcome: 'blocked', says: step.says });
          break;
        }
        if (again > 0) await beforeTryingAgain(again, step.says);
        again += 1;
      }
      if (step.kind === 'again' || factsAreOld(run, place)) await revalidate(run, place);
    }
  }
  tellStanding(place);
  showDetails(run);
}

/** Waits out what keeps a surface back; for a pause, as long as it stands, without asking the platform in between. */
async function waitOut(run: Run, place: Place, { wait, ms }: Extract<Step, { kind: 'wait' }>, since: number): Promise<void> {
  place.parked = true;
  for (;;) {
    const end = await waitForWake(run, place, wait, ms, since);
    goOnElsewhereWhenLong(run);
    if (end !== 'timed-out' || wait.reason !== 'paused' || run.continuing) break;
  }
  place.parked = false;
}

/** A run that waits for weeks goes on in a new execution before its history grows too long, when nothing is under way. */
function goOnElsewhereWhenLong(run: Run): void {
  const idle = run.places.every((place) => place.parked || place.state.outcome !== null);
  if (workflowInfo().continueAsNewSuggested && idle && !run.cancelled && allHandlersFinished()) run.continuing = true;
}

function heldBy(place: Place): string {
  const held = place.state.rules.filter((rule) => rule.verdict === 'hold');
  return held.map((rule) => `${rule.rule}: ${rule.says}`).join('; ');
}

/** A held surface waits for a person. Their word is kept in the ledger before anything follows from it. */
async function awaitDecision(run: Run, place: Place, releaseDigest: string): Promise<void> {
  const held = heldBy(place);
  const says = `${held} – approve or reject ${formatSurface(place.surface)}`;
  const { holdExpiresMs } = run.timing;
  const until = new Date(Date.now() + holdExpiresMs).toISOString();
  place.decision = null;
  const wait = { reason: 'awaiting-approval', key: place.surface.surfaceId, says, until, needsHuman: true } as const;
  place.parked = true;
  const end = await waitUntil(run, place, wait, () => place.decision !== null, holdExpiresMs);
  place.parked = false;
  if (run.continuing) return;
  const decision = place.decision as Place['decision'];
  if (end !== 'done' || !decision) {
    note(place, { outcome: 'blocked', says: `nobody approved it before the hold ran out (${held})` });
  } else if (decision.kind === 'reject') {
    await ledger(`rejected by ${decision.by}`).reject({ run: run.ref, by: decision.by, why: decision.why });
    note(place, { outcome: 'blocked', says: `rejected by ${decision.by}: ${decision.why}` });
  } else {
    const { by, why } = decision;
    await ledger(`released by ${by}`).release({ run: run.ref, surfaceId: place.surface.surfaceId, releaseDigest, by, why });
    place.released.add(releaseDigest);
    note(place, { says: `approved by ${by}: ${why}` });
  }
}
