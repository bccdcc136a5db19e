import { cancellationSignal } from '@temporalio/activity';
import type { CallContext, PlatformAdapter } from '../platforms/platform.ts';
import type { AccountRef } from '../store/ledger.ts';
import type { Dependencies } from './dependencies.ts';

/** Whom the running activity calls the platform for; its cancellation ends the call. */
export function callContext({ accountId }: AccountRef): CallContext {
  return { accountId, signal: cancellationSignal() };
}

/** The adapter of an ad's platform, or an account's. */
export function platformOf(dependencies: Dependencies, { platform }: Pick<AccountRef, 'platform'>): PlatformAdapter {
  return dependencies.platforms[platform];
}
