import type { Copy, CopyApproval } from '../brand.ts';

/** What the brand folder says about the approval of a text. The ledger decides when something is published. */
export type ApprovalState =
  | { readonly kind: 'approved'; readonly by: string; readonly at: string; readonly expiresAt: string | null }
  | { readonly kind: 'expired'; readonly by: string; readonly expiresAt: string }
  | { readonly kind: 'none' };

/** The approval of exactly this text at a time (milliseconds since 1970). One that still holds wins over one that is over. */
export function approvalOf(copy: Copy, approvals: readonly CopyApproval[], now: number): ApprovalState {
  const states = approvals
    .filter(
      ({ hash, patternId, locale, capability, version }) =>
        hash === copy.hash &&
        patternId === copy.patternId &&
        locale === copy.locale &&
        capability === copy.capability &&
        version === copy.version,
    )
    .map(({ approvedBy: by, approvedAt: at, expiresAt }): ApprovalState => {
      if (expiresAt !== null && Date.parse(expiresAt) <= now) return { kind: 'expired', by, expiresAt };
      return { kind: 'approved', by, at, expiresAt };
    });
  return states.find(({ kind }) => kind === 'approved') ?? states[0] ?? { kind: 'none' };
}
