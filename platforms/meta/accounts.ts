import { z } from 'zod';
import type { CallContext } from '../platform.ts';
import { type Graph, SYSTEM } from './graph.ts';

/** What of an ad account every ad's snapshot needs. */
export interface AccountFacts {
  readonly timeZone: string;
  readonly currency: string;
}

/** Time zone and currency of an ad account; asked for once, as Meta does not let them change. */
export type AccountBook = (accountId: string, context: CallContext) => Promise<AccountFacts>;

export const AccountNode = z.object({
  // The days of the baseline are counted in it.
  timezone_name: z.string().max(100).refine(isTimeZone, 'a time zone that this runtime knows'),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // A RangeError is how `Intl` says that it knows no such zone.
    return false;
  }
}

/** The ad node has no field for its account beyond the id, hence a call of its own. */
export function createAccountBook(graph: Graph): AccountBook {
  const known = new Map<string, AccountFacts>();
  return async (accountId, context) => {
    const cached = known.get(accountId);
    if (cached) return cached;
    const params = { fields: 'timezone_name,currency' };
    const node = await graph.read({ node: accountId, params, as: SYSTEM, context }, AccountNode);
    const facts = { timeZone: node.timezone_name, currency: node.currency };
    known.set(accountId, facts);
    return facts;
  };
}
