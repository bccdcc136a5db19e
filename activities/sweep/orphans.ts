import { cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { formatSurface } from '../../domain/surface.ts';
import { pollDelay } from '../../domain/timing.ts';
import type { Orphan } from '../../store/ledger.ts';
import { type Dependencies, ownerOf } from '../dependencies.ts';
import { FAILURE } from '../failure-contract.ts';
import { wakeWaiters } from '../runs.ts';
import type { Settled } from '../settle-contract.ts';
import { settleInStead } from '../settle-in-stead.ts';
import type { OrphansDone, SweepStep } from './contract.ts';
import { accountsTokenWorks } from './probe.ts';
import { scopeOf } from './scope.ts';
import { sideBySide } from './side-by-side.ts';

/** Attempts of one call, all at a time: settling is mostly waiting for the list lag. */
const BATCH = 10;

/**
 * Settles attempts whose owner is gone (protocol d, g), and gives back a claim under which nothing stands. Also under a withdrawal
 * order: what is found must be known before it can be withdrawn (protocol i).
 */
export async function sweepOrphans(dependencies: Dependencies, step: SweepStep): Promise<OrphansDone> {
  const { ledger, timing } = dependencies;
  const orphans = await ledger.takeOrphans(scopeOf(dependencies, step), BATCH, timing.sweepLeaseMs);
  const counts = { found: 0, absent: 0, postponed: 0 };
  const unprovable: string[] = [];
  let tokenIsDead = false;
  await sideBySide(orphans, BATCH, async (orphan) => {
    try {
      const settled = await settleOrphan(dependencies, orphan, step.workflowId);
      if (settled === null) return;
      if (settled.kind !== 'unprovable') counts[settled.kind] += 1;
      else if (settled.isNew) {
        log.warn(`incident unconfirmed on ${settled.says}`);
        unprovable.push(settled.says);
      }
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || cancellationSignal().aborted) throw error;
      counts.postponed += 1;
      if (error.type === FAILURE.credentials) tokenIsDead ||= !(await accountsTokenWorks(dependencies, step));
      await ledger.postponeOrphan(orphan.attemptId, pollDelay(timing.sweepPausesMs, orphan.tries));
    }
  });
  return { ...counts, unprovable, ...(tokenIsDead ? { tokenIsDead } : {}) };
}

type SettledOrphan =
  | Exclude<Settled, { kind: 'unprovable' }>
  | (Extract<Settled, { kind: 'unprovable' }> & { readonly isNew: boolean });

/** `null`: its owner runs and settles it, or another one took it. */
async function settleOrphan(dependencies: Dependencies, orphan: Orphan, workflowId: string): Promise<SettledOrphan | null> {
  const { ledger, timing } = dependencies;
  const { attemptId, surface } = orphan;
  const settled = await settleInStead(dependencies, orphan, workflowId);
  if (settled.kind === 'owner-lives') await ledger.postponeOrphan(attemptId, timing.sweepEveryMs);
  if (settled.kind === 'owner-lives' || settled.kind === 'taken') return null;
  if (settled.kind === 'unprovable') {
    const { isNew } = await ledger.recordIncident({
      kind: 'unconfirmed',
      surfaceId: surface.surfaceId,
      evidence: { attemptId, says: settled.says },
      did: 'nothing: a person says what stands there',
      once: `unconfirmed ${attemptId}`,
    });
    // Only a person's word changes it; a rare look costs little and may still find the comment.
    await ledger.postponeOrphan(attemptId, Math.max(...timing.looksMs));
    return { ...settled, says: `${formatSurface(surface)}: ${settled.says}`, isNew };
  }
  await ledger.releaseClaim(surface, ownerOf(dependencies, { workflowId }));
  await wakeWaiters(dependencies, surface);
  return settled;
}
