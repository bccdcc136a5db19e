import { cancellationSignal } from '@temporalio/activity';
import type { AdRef } from '../domain/ad.ts';
import type { CallContext, PlatformAdapter } from '../platforms/platform.ts';
import type { Dependencies } from './dependencies.ts';

/** Whom the running activity calls the platform for; its cancellation ends the call. */
export function callContext(ad: AdRef): CallContext {
  return { accountId: ad.accountId, signal: cancellationSignal() };
}

/** The adapter of the ad's platform. */
export function platformOf(dependencies: Dependencies, ad: AdRef): PlatformAdapter {
  return dependencies.platforms[ad.platform];
}
