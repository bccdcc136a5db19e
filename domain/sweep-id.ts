import type { AdRef } from './ad.ts';

/** The id of an account's sweep, its schedule's and – with the time behind it – its executions'. */
export function sweepIdOf({ platform, accountId }: Pick<AdRef, 'platform' | 'accountId'>): string {
  return `first-comment-sweep/${platform}/${accountId}`;
}
