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
  return probeNow(dependencies, scope);
}

async function probeNow(dependencies: Dependencies, account: AccountRef): Promise<Pick<WakingDone, 'probe' | 'says'>> {
  const { ledger } = dependencies;
  try {
    await platformOf(dependencies, account).probe(callContext(account));
    await ledger.recordProbe(account, { usable: true, says: 'the token works' });
    return { probe: 'usable', says: null };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // Only this tells of the token; a slow or throttled platform is asked again, at the same pace.
    if (error.kind !== 'auth') return { probe: 'not-now', says: error.message };
    await ledger.recordProbe(account, { usable: false, says: error.message });
    return { probe: 'unusable', says: error.message };
  }
}

/**
 * A call was refused for its token. Whose token that was – the account's, or a single Page's – only a probe tells: until one says
 * otherwise, the account's counts as it was found last.
 */
export async function accountsTokenWorks(dependencies: Dependencies, account: AccountRef): Promise<boolean> {
  const { ledger, timing } = dependencies;
  if (!(await ledger.takeProbe(account, pausesOf(timing)))) return ledger.tokenWorked(account);
  return (await probeNow(dependencies, account)).probe === 'usable';
}

function pausesOf({ probeFirstMs, probeLongestMs }: Timing) {
  return { firstMs: probeFirstMs, longestMs: probeLongestMs };
}
