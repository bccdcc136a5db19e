import { type RawBuilder, sql } from 'kysely';
import type { GateScope } from '../ledger.ts';

/** What an operator's order may name: everything, or one part of what an attempt belongs to. */
export type OrderScope = keyof GateScope | 'all' | 'surface';

const COLUMN_OF = {
  brandId: 'brand_id',
  accountId: 'account_id',
  identityId: 'identity_id',
  marketId: 'market_id',
  patternId: 'pattern_id',
  surface: 'surface_id',
} as const;

/** Attempts that an order of this scope and value covers. */
export function attemptsCovered(scope: OrderScope, value: string): RawBuilder<unknown> {
  return scope === 'all' ? sql`true` : sql`${sql.ref(COLUMN_OF[scope])} = ${value}`;
}

/** Orders (rows with `scope` and `value`) that cover an attempt on this surface in this scope. */
export function ordersCovering(scope: GateScope, surfaceId: string): RawBuilder<unknown> {
  return sql`(
    scope = 'all'
    or (scope = 'surface' and value = ${surfaceId})
    or (scope = 'brandId' and value = ${scope.brandId})
    or (scope = 'accountId' and value = ${scope.accountId})
    or (scope = 'identityId' and value = ${scope.identityId})
    or (scope = 'marketId' and value = ${scope.marketId})
    or (scope = 'patternId' and value = ${scope.patternId}))`;
}
