import { PlatformError } from '../../platforms/platform.ts';
import type { SweepScope } from '../../store/ledger.ts';
import { callContext, platformOf } from '../context.ts';
import type { Dependencies } from '../dependencies.ts';
import type { WakingDone } from './contract.ts';

/** Whether the account's token works again: asked only while runs wait for it, by one worker, at a slowing pace. */
export async function tokenWorks(dependencies: Dependencies, scope: SweepScope): Promise<Pick<WakingDone, 'probe' | 'says'>> {
  const { ledger, timing } = dependencies;
  if ((await ledger.credentialWaiters(scope, 1)).length === 0) return { probe: 'not-needed', says: null };
  const pauses = { firstMs: timing.probeFirstMs, longestMs: timing.probeLongestMs };
  if (!(await ledger.takeProbe(scope, pauses))) return { probe: 'not-now', says: null };
  try {
    await platformOf(dependencies, scope).probe(callContext(scope));
    await ledger.recordProbe(scope, { usable: true, says: 'the token works' });
    return { probe: 'usable', says: null };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    await ledger.recordProbe(scope, { usable: false, says: error.message });
    return { probe: 'unusable', says: error.message };
  }
}
