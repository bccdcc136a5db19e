/** What an order may name, in the words of the command line. */
export const SCOPES: Readonly<Record<string, 'brandId' | 'accountId' | 'identityId' | 'marketId' | 'patternId' | 'all'>> = {
  all: 'all',
  brand: 'brandId',
  account: 'accountId',
  identity: 'identityId',
  market: 'marketId',
  pattern: 'patternId',
};

/** What an order covers, for a sentence; `scope` in the ledger's words: `everything`, `market de-DE`. */
export function tellScope(scope: string, value: string): string {
  return scope === 'all' ? 'everything' : `${scopeWord(scope)} ${value}`;
}

/** The ledger's name of a scope in the words of the command line; one that it lacks (`surface`) as it is. */
export function scopeWord(scope: string): string {
  return Object.entries(SCOPES).find(([, name]) => name === scope)?.[0] ?? scope;
}
