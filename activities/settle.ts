import { sleep } from '@temporalio/activity';
import type { OwnComment } from '../domain/facts.ts';
import { partOwn } from '../domain/ours.ts';
import { speakerOf } from '../domain/speaker.ts';
import type { Timing } from '../domain/timing.ts';
import type { Attempt } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { notYet, translated } from './failures.ts';
import { signsOn, type Thread } from './own-comments.ts';
import { recordAbsent, recordFound } from './record-settled.ts';
import type { Settled, SettleInput } from './settle-contract.ts';
import { settleEdit } from './settle-edit.ts';

const ABSENCE_READS = 3;
const GAP = 'the thread could not be read without a gap, or a comment in it looks like ours and names no author';

/**
 * Settles an attempt of unknown outcome as the identity that it was made as (protocol d), one that edits by reading its comment:
 * three complete readings, spaced by the list lag, newest first until older than the gate. Found → adopted; proven absent → said
 * so; else a person must look. `looksMs`: when a found comment is looked at; a sweep, after which nobody verifies, adds a look at once.
 */
export async function settle(
  dependencies: Dependencies,
  { surface, attemptId }: SettleInput,
  looksMs: readonly number[] = dependencies.timing.looksMs,
): Promise<Settled> {
  const { timing, brand } = dependencies;
  const { attempt, known } = await attemptNow(dependencies, { surface, attemptId });
  if (known) return known;
  const early = settlesIn(attempt, timing);
  if (early > 0) throw notYet(`attempt ${attemptId} cannot be settled yet`, early);
  const speaker = speakerOf(attempt.belongs.identityId, brand);
  if (!speaker) return unprovable(`identities.yaml does not name ${attempt.belongs.identityId}, as which it was made`, attemptId);
  if (attempt.edits !== null) return settleEdit(dependencies, { surface, speaker, attempt, commentId: attempt.edits }, looksMs);
  const thread = { surface, speaker, accountId: attempt.belongs.accountId };
  for (let read = 1; read <= ABSENCE_READS; read += 1) {
    if (read > 1) await sleep(timing.listLagMs);
    const found = await findOurs(dependencies, thread, attempt);
    // Whoever stood still in between may have been given up: then another one has settled it, and what is there is a later attempt's.
    const meanwhile = await attemptNow(dependencies, { surface, attemptId });
    if (meanwhile.known) return meanwhile.known;
    if (found === 'incomplete') return unprovable(GAP, attemptId);
    if (found) {
      const { commentId, text, createdAt: publishedAt } = found;
      return recordFound(dependencies, { surface, attemptId }, { commentId, text, publishedAt }, looksMs);
    }
  }
  if (!platformOf(dependencies, surface).absenceProvable(surface.kind)) {
    return unprovable('hidden comments may leave this list, so absence cannot be proven here', attemptId);
  }
  return recordAbsent(dependencies, attemptId, `${ABSENCE_READS} complete readings without it`);
}

/** The attempt as the ledger has it now; `known`: it is settled already. */
async function attemptNow(
  { ledger }: Dependencies,
  { surface, attemptId }: SettleInput,
): Promise<{ readonly attempt: Attempt; readonly known: Settled | null }> {
  const attempt = (await ledger.attemptsOn(surface)).find((each) => each.attemptId === attemptId);
  if (!attempt) throw await ledger.behind(`the attempt ${attemptId}`);
  return { attempt, known: settledAlready(attempt) };
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
  { surface, speaker, accountId }: Thread,
  attempt: Attempt,
): Promise<OwnComment | 'incomplete' | null> {
  const attempts = await dependencies.ledger.attemptsOn(surface);
  const signs = signsOn(dependencies, surface, [], attempts);
  const account = { platform: surface.platform, accountId };
  const olderThan = new Date(Date.parse(attempt.gateAt) - dependencies.timing.skewMs).toISOString();
  const request = { surface, ...speaker, depth: { kind: 'until', olderThan }, signs } as const;
  const reading = await translated(() => platformOf(dependencies, account).readThread(request, callContext(account)));
  const { ours } = partOwn(reading.own, signs);
  return ours[0] ?? (reading.complete ? null : 'incomplete');
}

function unprovable(why: string, attemptId: string): Settled {
  return {
    kind: 'unprovable',
    says: `whether the comment is there could not be proven: ${why}; look at the thread and say what you found with "first-comment settle ${attemptId}"`,
  };
}
