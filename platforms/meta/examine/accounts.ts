import { z } from 'zod';
import type { Finding } from '../../examiner.ts';
import { PlatformError } from '../../platform.ts';
import { maybe } from '../fields.ts';
import type { Graph } from '../graph.ts';
import { SYSTEM } from '../graph.ts';
import { failed, finding } from './finding.ts';

const AccountNode = z.object({
  name: maybe(z.string()),
  currency: maybe(z.string()),
  timezone_name: maybe(z.string()),
  account_status: maybe(z.number().int()),
});

/** Numbers of `account_status`. Source: docs: marketing-api/reference/ad-account. Ads of a closed account do not deliver. */
const STATUSES: Readonly<Record<number, { readonly name: string; readonly state: 'ok' | 'warning' | 'wrong' }>> = {
  1: { name: 'active', state: 'ok' },
  2: { name: 'disabled', state: 'wrong' },
  3: { name: 'unsettled', state: 'warning' },
  7: { name: 'under risk review', state: 'warning' },
  8: { name: 'waiting for settlement', state: 'warning' },
  9: { name: 'in its grace period', state: 'warning' },
  100: { name: 'about to be closed', state: 'warning' },
  101: { name: 'closed', state: 'wrong' },
};

/** Whether every ad account of the brand can be read, and how it stands. */
export function examineAccounts(graph: Graph, accountIds: readonly string[], signal: AbortSignal): Promise<readonly Finding[]> {
  return Promise.all(accountIds.map((accountId) => examineAccount(graph, accountId, signal)));
}

async function examineAccount(graph: Graph, accountId: string, signal: AbortSignal): Promise<Finding> {
  const id = `accounts.${accountId}`;
  const params = { fields: 'name,currency,timezone_name,account_status' };
  try {
    const node = await graph.read({ node: accountId, params, as: SYSTEM, context: { accountId, signal } }, AccountNode);
    const status = node.account_status === null ? undefined : STATUSES[node.account_status];
    const stands = status?.name ?? `of status ${node.account_status ?? 'unknown'}`;
    const says = `${accountId} (${node.name ?? 'no name'}) is ${stands}, currency ${node.currency ?? 'not said'}, time zone ${node.timezone_name ?? 'not said'}.`;
    const state = status?.state ?? 'warning';
    return finding(
      id,
      state,
      says,
      state === 'ok' ? null : 'Look at the ad account in the Business settings; its ads may not deliver.',
    );
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return failed(
      id,
      `Ad account ${accountId} cannot be read`,
      error,
      'Assign the ad account to the system user and grant ads_read.',
    );
  }
}
