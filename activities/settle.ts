import { sleep } from '@temporalio/activity';
import type { OwnComment } from '../domain/facts.ts';
import { partOwn } from '../domain/ours.ts';
import type { Timing } from '../domain/timing.ts';
import type { Attempt } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import type { Settled, SettleInput } from './contract.ts';
import type { Dependencies } from './dependencies.ts';
import { notYet, translated } from './failures.ts';
import { signsOfOurs } from './signs.ts';

const ABSENCE_READS = 3;

/**
 * Settles an attempt of unknown outcome (protocol d): three complete readings, spaced by the list lag, newest first
 * until older than the gate. Found → adopted; proven absent → said so; else a person must look.
 */
export async function settle(dependencies: Dependencies, input: SettleInput): Promise<Settled> {
  const { ledger, timing } = dependencies;
  const attempts = await ledger.attemptsOn(input.surface);
  const attempt = attempts.find((each) => each.attemptId === input.attemptId);
  if (!attempt) throw await ledger.behind(`the attempt ${input.attemptId}`);
  const known = settledAlready(attempt);
  if (known) return known;
  const early = settlesIn(attempt, timing);
  if (early > 0) throw notYet(`attempt ${input.attemptId} cannot be settled yet`, early);
  const olderThan = new Date(Date.parse(attempt.gateAt) - timing.skewMs).toISOString();
  for (let read = 1; read <= ABSENCE_READS; read += 1) {
    if (read > 1) await sleep(timing.listLagMs);
    const found = await findOurs(dependencies, input, attempts, olderThan);
    if (found === 'incomplete')
      return unprovable('the thread could not be read without a gap, or a comment in it looks like ours and names no author');
    if (found) return adopt(dependencies, input, found);
  }
  if (!platformOf(dependencies, input.ad).absenceProvable(input.surface.kind)) {
    return unprovable('hidden comments may leave this list, so absence cannot be proven here');
  }
  await ledger.recordResult(
    input.attemptId,
    { kind: 'absent', says: `${ABSENCE_READS} complete readings without it` },
    'settling',
  );
  return { kind: 'absent' };
}

/**
 * Milliseconds until an attempt settles: gateAt + sendBy + HTTP deadline + L (protocol d), by the database's clock, which
 * also wrote `gateAt`.
 */
export function settlesIn(attempt: Attempt, timing: Timing): number {
  return Math.max(0, timing.sendByMs + timing.writeDeadlineMs + timing.lateLandingMs - attempt.ageMs);
}

/** A person's finding, or a record that came late, has settled it in the meantime. */
function settledAlready(attempt: Attempt): Settled | null {
  switch (attempt.result?.kind) {
    case undefined:
    case 'unknown':
      return null;
    case 'accepted':
    case 'found':
      return { kind: 'found', commentId: attempt.result.commentId, text: attempt.text, publishedAt: attempt.gateAt };
    default:
      return { kind: 'absent' };
  }
}

async function findOurs(
  dependencies: Dependencies,
  { ad, surface, proposal }: SettleInput,
  attempts: readonly Attempt[],
  olderThan: string,
): Promise<OwnComment | 'incomplete' | null> {
  const { identityId, pageId, surfaceKey } = proposal;
  const signs = signsOfOurs(dependencies, surfaceKey, [], attempts);
  const request = { surface, identityId, pageId, depth: { kind: 'until', olderThan }, signs } as const;
  const reading = await translated(() => platformOf(dependencies, ad).readThread(request, callContext(ad)));
  const { ours } = partOwn(reading.own, signs);
  return ours[0] ?? (reading.complete ? null : 'incomplete');
}

async function adopt(dependencies: Dependencies, input: SettleInput, found: OwnComment): Promise<Settled> {
  const { ledger, timing } = dependencies;
  const result = { kind: 'found', commentId: found.commentId } as const;
  const { withdrawn } = await ledger.recordResult(input.attemptId, result, 'settling');
  await ledger.planLooks(input.surface, found.commentId, timing.looksMs);
  const settled = { kind: 'found', commentId: found.commentId, text: found.text, publishedAt: found.createdAt } as const;
  return withdrawn === null ? settled : { ...settled, withdrawn };
}

function unprovable(why: string): Settled {
  return {
    kind: 'unprovable',
    says: `whether the comment is there could not be proven: ${why}; look at the thread and say what you found with "first-comment settle"`,
  };
}
