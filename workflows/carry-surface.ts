import { sleep } from '@temporalio/workflow';
import type { SurfaceInput } from '../activities/contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { showDetails } from './describe.ts';
import { ledger } from './policies.ts';
import { publishSurface } from './publish-surface.ts';
import { note, type Place, type Run } from './run.ts';
import { factsAreOld, revalidate } from './validate.ts';
import { waitForWake, waitUntil } from './waiting.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Carries one validated surface to its outcome, through holds and waits. Each surface goes its own way: a bad one silences no good one. */
export async function carrySurface(run: Run, place: Place): Promise<void> {
  let again = 0;
  while (place.state.outcome === null) {
    const judged = place.judged;
    if (!judged || judged.verdict === 'block' || !judged.proposal) {
      note(place, { outcome: judged?.outcome ?? 'blocked' });
      break;
    }
    if (judged.verdict === 'hold' && !place.released.has(judged.releaseDigest)) {
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
    const step = await publishSurface(run, place, input, judged.releaseDigest);
    if (step.kind === 'end') {
      note(place, { outcome: step.outcome, says: step.says });
    } else {
      note(place, { says: step.kind === 'wait' ? step.wait.says : step.says });
      if (step.kind === 'wait') await waitForWake(run, place, step.wait, step.ms, wakes);
      if (step.kind === 'again') {
        again += 1;
        await beforeTryingAgain(again, step.says);
      }
      if (step.kind === 'again' || factsAreOld(run, place)) await revalidate(run, place);
    }
  }
  showDetails(run);
}

/**
 * The first time at once: facts grow old, a brand folder changes. What does not get better by that, such as two workers
 * with different brand folders, must not ask the platform in a circle.
 */
async function beforeTryingAgain(times: number, says: string): Promise<void> {
  if (times > 1)
    await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (times - 2)), { summary: `before validating again: ${says}` });
}

/** A held surface waits for a person. Their word is kept in the ledger before anything follows from it. */
async function awaitDecision(run: Run, place: Place, releaseDigest: string): Promise<void> {
  const held = place.state.rules.filter((rule) => rule.verdict === 'hold').map((rule) => `${rule.rule}: ${rule.says}`);
  const says = `${held.join('; ')} – approve or reject ${formatSurface(place.surface)}`;
  const { holdExpiresMs } = run.timing;
  const until = new Date(Date.now() + holdExpiresMs).toISOString();
  place.decision = null;
  const wait = { reason: 'awaiting-approval', key: place.surface.surfaceId, says, until } as const;
  const decided = await waitUntil(run, place, wait, () => place.decision !== null, holdExpiresMs);
  const decision = place.decision as Place['decision'];
  if (!decided || !decision) {
    note(place, { outcome: 'blocked', says: `nobody approved it before the hold ran out (${held.join('; ')})` });
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
