import { sleep } from '@temporalio/activity';
import { normaliseText } from '../domain/ours.ts';
import type { Speaker } from '../domain/speaker.ts';
import { formatSurface, type SurfaceRef } from '../domain/surface.ts';
import type { Attempt } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { recordAbsent, recordFound } from './record-settled.ts';
import type { Settled } from './settle-contract.ts';

const READS = 3;

interface OpenEdit {
  readonly surface: SurfaceRef;
  readonly speaker: Speaker;
  readonly attempt: Attempt;
  readonly commentId: string;
}

/**
 * Settles an edit of unknown outcome by its comment (protocol d, i): it reads as the attempt wrote it, or three readings, spaced by
 * the list lag, still show another text. One that is gone was not edited; where we did not remove it, that is drift.
 */
export async function settleEdit(
  dependencies: Dependencies,
  { surface, speaker, attempt, commentId }: OpenEdit,
  looksMs: readonly number[],
): Promise<Settled> {
  const { ledger, timing } = dependencies;
  const { attemptId, text, gateAt, belongs } = attempt;
  const account = { platform: surface.platform, accountId: belongs.accountId };
  const read = () => platformOf(dependencies, account).readComment({ surface, ...speaker, commentId }, callContext(account));
  for (let times = 1; times <= READS; times += 1) {
    if (times > 1) await sleep(timing.listLagMs);
    const reading = await translated(read);
    if (reading.kind === 'gone') {
      if (await goneByOthers(dependencies, surface, commentId))
        await ledger.recordIncident({
          kind: 'drift',
          surfaceId: surface.surfaceId,
          evidence: { commentId, attemptId },
          did: 'nothing: the comment that was being edited is gone',
          once: `drift ${formatSurface(surface)} ${commentId} gone`,
        });
      return recordAbsent(dependencies, attemptId, `comment ${commentId} is gone`);
    }
    if (normaliseText(reading.comment.text) !== normaliseText(text)) continue;
    return recordFound(dependencies, { surface, attemptId }, { commentId, text, publishedAt: gateAt }, looksMs);
  }
  return recordAbsent(dependencies, attemptId, `${READS} readings of comment ${commentId} with another text`);
}

async function goneByOthers({ ledger }: Dependencies, surface: SurfaceRef, commentId: string): Promise<boolean> {
  if ((await ledger.withdrawalOn(surface)) !== null) return false;
  return (await ledger.commentOn(surface, commentId))?.removedAt === null;
}
