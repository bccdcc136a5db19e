import type { Timing } from '../../domain/timing.ts';
import { PlatformError } from '../../platforms/platform.ts';
import type { AccountRef, SweepScope } from '../../store/ledger.ts';
import { callContext, platformOf } from '../context.ts';
import type { Dependencies } from '../dependencies.ts';
import type { WakingDone } from './contract.ts';

/**
 * Whether the account's token works again: asked only while runs wait for it or it is known to be dead, by one worker, at a slowing
 * pace.
 */
export async function tokenWorks(
  dependencies: Dependencies,
  scope: SweepScope,
  isDead: boolean,
): Promise<Pick<WakingDone, 'probe' | 'says'>> {
  const { ledger, timing } = dependencies;
  const isWanted = isDead || (await ledger.credentialWaiters(scope, 1)).length > 0;
  if (!isWanted) return { probe: 'not-needed', says: null };
  if (!(await ledger.takeProbe(scope, pausesOf(timing)))) return { probe: 'not-now', says: null };
  try {
    await platformOf(dependencies, scope).probe(callContext(scope));
    await ledger.recordProbe(scope, { usable: true, says: 'the token works' });
    return { probe: 'usable', says: null };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // Only this tells of the token; a slow or throttled platform is asked again, at the same pace.
    if (error.kind !== 'auth') return { probe: 'not-now', says: error.message };
    await ledger.recordProbe(scope, { usable: false, says: error.message });
    return { probe: 'unusable', says: error.message };
  }
}

/** The token was refused as it was used, which tells as much as a probe: until one finds that it works nothing else uses it. */
export async function noteDeadToken({ ledger, timing }: Dependencies, account: AccountRef, says: string): Promise<void> {
  await ledger.takeProbe(account, pausesOf(timing));
  await ledger.recordProbe(account, { usable: false, says });
}

function pausesOf({ probeFirstMs, probeLongestMs }: Timing) {
  return { firstMs: probeFirstMs, longestMs: probeLongestMs };
}
