import { cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { formatSurface, type SurfaceRef } from '../../domain/surface.ts';
import { pollDelay } from '../../domain/timing.ts';
import type { DueLook } from '../../store/ledger.ts';
import type { Dependencies } from '../dependencies.ts';
import { FAILURE } from '../failure-contract.ts';
import type { LooksDone, LooksInput } from './contract.ts';
import { lookAgain } from './look-again.ts';
import { MOST_TRIES } from './most-tries.ts';
import { accountsTokenWorks } from './probe.ts';
import { sideBySide } from './side-by-side.ts';

/** Looks of one call, and how many of them at a time: no more than a minute or so of reading. */
const BATCH = 25;
const AT_ONCE = 5;
/** The account can do nothing now, which says nothing of the look. */
const NOT_TRIED = { counts: false };

/**
 * Carries out later looks whose time has come. One that cannot be done now stays due, after a growing pause, and keeps no
 * other from being done; after a dead token or a closed bucket the rest of the batch is left for the next sweep.
 */
export async function sweepLooks(
  dependencies: Dependencies,
  { dealtWith, repaired, ...account }: LooksInput,
): Promise<LooksDone> {
  const { ledger, timing } = dependencies;
  const due = await ledger.takeLooks(account, BATCH, timing.sweepLeaseMs);
  // Several looks at one comment may be due at once: one reading does for all.
  const looks = [...new Map(due.map((look) => [`${formatSurface(look.surface)} ${look.commentId}`, look])).values()];
  const toRepair = new Map<string, SurfaceRef>();
  const incidents: string[] = [];
  const counts = { looked: 0, postponed: 0 };
  let closed = false;

  async function carryOut(look: DueLook): Promise<void> {
    if (closed) return postpone(look, 0, 'left for the next sweep', NOT_TRIED);
    try {
      const seen = await lookAgain(dependencies, look, dealtWith);
      if (seen.kind === 'repair') {
        if (repaired && look.tries >= MOST_TRIES) return await giveUp(look, seen.says);
        toRepair.set(formatSurface(look.surface), look.surface);
        await ledger.postponeLook(look, repaired ? pollDelay(timing.sweepPausesMs, look.tries) : 0, seen.says);
        return;
      }
      if (seen.incident !== null) {
        log.warn(`incident ${seen.incident}`);
        incidents.push(seen.incident);
      }
      counts.looked += 1;
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || cancellationSignal().aborted) throw error;
      const pauseMs = pollDelay(timing.sweepPausesMs, look.tries);
      if (await closes(error)) {
        closed = true;
        return postpone(look, pauseMs, error.message, NOT_TRIED);
      }
      if (look.tries >= MOST_TRIES) return giveUp(look, error.message);
      await postpone(look, pauseMs, error.message);
    }
  }

  /** Nothing else can be done in the account either: it is throttled, or its own token is dead and not a single Page's. */
  async function closes({ type }: ApplicationFailure): Promise<boolean> {
    if (type === FAILURE.credentials) return !(await accountsTokenWorks(dependencies, account));
    return type === FAILURE.throttled;
  }

  async function postpone(look: DueLook, pauseMs: number, says: string, tried = {}): Promise<void> {
    counts.postponed += 1;
    await ledger.postponeLook(look, pauseMs, says, tried);
  }

  /** Tried often enough: a person is told once. The incident comes first, so that one which ends half-way is told anew. */
  async function giveUp(look: DueLook, says: string): Promise<void> {
    const place = formatSurface(look.surface);
    const { isNew } = await ledger.recordIncident({
      kind: 'look-failed',
      surfaceId: look.surface.surfaceId,
      evidence: { commentId: look.commentId, tries: look.tries, says },
      did: 'nothing: a person looks at the thread',
      once: `look-failed ${place} ${look.commentId}`,
    });
    await ledger.closeLooks(look.surface, look.commentId, says);
    counts.looked += 1;
    if (!isNew) return;
    log.warn(`incident look-failed on ${place}: ${says}`);
    incidents.push(`look-failed on ${place}: ${says}`);
  }

  await sideBySide(looks, AT_ONCE, carryOut);
  return { ...counts, toRepair: [...toRepair.values()], incidents, more: due.length === BATCH && !closed };
}
