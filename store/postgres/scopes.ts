import { type RawBuilder, sql } from 'kysely';
import type { GateScope } from '../gate.ts';

/** What a pause may name: everything, or one part of what an attempt belongs to. */
export type PauseScope = keyof GateScope | 'all';

const COLUMN_OF = {
  brandId: 'brand_id',
  accountId: 'account_id',
  identityId: 'identity_id',
  marketId: 'market_id',
  patternId: 'pattern_id',
} as const;

/** Attempts that a pause of this scope and value covers. */
export function attemptsCovered(scope: PauseScope, value: string): RawBuilder<unknown> {
  return scope === 'all' ? sql`true` : sql`${sql.ref(COLUMN_OF[scope])} = ${value}`;
}

/** Pauses (rows with `scope` and `value`) that cover an attempt in this scope. */
export function pausesCovering(scope: GateScope): RawBuilder<unknown> {
  return sql`(
    scope = 'all'
    or (scope = 'brandId' and value = ${scope.brandId})
    or (scope = 'accountId' and value = ${scope.accountId})
    or (scope = 'identityId' and value = ${scope.identityId})
    or (scope = 'marketId' and value = ${scope.marketId})
    or (scope = 'patternId' and value = ${scope.patternId}))`;
}
