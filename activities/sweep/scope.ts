import type { SweepScope } from '../../store/ledger.ts';
import type { Dependencies } from '../dependencies.ts';
import type { SweepStep } from './contract.ts';

/** What of the ledger a sweep sees to: what is its account's, its brand's, and carried by this Temporal. */
export function scopeOf(
  { brand, cluster, namespace, timing }: Dependencies,
  { platform, accountId }: Omit<SweepStep, 'workflowId'>,
): SweepScope {
  return {
    platform,
    accountId,
    brandId: brand.id,
    cluster,
    namespace,
    settlesAfterMs: timing.sendByMs + timing.writeDeadlineMs + timing.lateLandingMs,
    againAfterMs: timing.selfWakeMs / 3,
  };
}
