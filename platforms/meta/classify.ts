import { z } from 'zod';
import type { PlatformErrorKind } from '../platform.ts';
import { ERROR_TABLE, type ErrorClass, type ErrorRow } from './error-table.ts';

/** Meta's error object, as far as we use it. Only the code must be there. */
export const ErrorEnvelope = z.object({
  error: z.object({
    code: z.number().int(),
    error_subcode: z.number().int().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
    fbtrace_id: z
      .string()
      .regex(/^[\w-]{1,60}$/)
      .optional()
      .catch(undefined),
  }),
});

export type GraphFault = z.infer<typeof ErrorEnvelope>['error'];

/** How a code is written in logs and the ledger: `190/463`, `4`. */
export function formatCode(fault: GraphFault): string {
  return fault.error_subcode === undefined ? `${fault.code}` : `${fault.code}/${fault.error_subcode}`;
}

/** The class of an error by code and subcode alone, never by its text; `null` for a code that no row knows. */
export function classify(fault: Pick<GraphFault, 'code' | 'error_subcode'>): ErrorClass | null {
  const rows = ERROR_TABLE.filter((row) => covers(row, fault.code));
  const exact = rows.find((row) => row.subcode !== undefined && row.subcode === fault.error_subcode);
  return (exact ?? rows.find((row) => row.subcode === undefined))?.means ?? null;
}

function covers(row: ErrorRow, code: number): boolean {
  return row.to === undefined ? row.code === code : code >= row.code && code <= row.to;
}

const DEFINITE = {
  throttle: 'throttled',
  auth: 'auth',
  permission: 'permission',
  missing: 'not-found',
  invalid: 'invalid',
  policy: 'policy',
} as const satisfies Partial<Record<ErrorClass, PlatformErrorKind>>;

/** The kinds that are a definite no after a write. */
export type DefiniteKind = (typeof DEFINITE)[keyof typeof DEFINITE];

/**
 * What an error means after a write. A server error (5xx) is never a definite no, whatever its body says:
 * the comment may exist. So is a code that we do not know.
 */
export function kindAfterWrite(fault: GraphFault, status: number): DefiniteKind | 'unknown-outcome' {
  const means = classify(fault);
  if (status >= 500 || means === null || means === 'internal' || means === 'duplicate') return 'unknown-outcome';
  return DEFINITE[means];
}

/** What an error means after a read. An unknown code is only worth another read when Meta calls it transient. */
export function kindAfterRead(fault: GraphFault, status: number): PlatformErrorKind {
  const means = classify(fault);
  if (means === 'internal') return 'transient';
  if (means !== null && means !== 'duplicate') return DEFINITE[means];
  return fault.is_transient === true || status >= 500 ? 'transient' : 'invalid';
}
