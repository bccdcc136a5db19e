import type { Copy, CopyApproval } from '../brand.ts';

/** What the brand folder says about the approval of a text. The ledger decides when something is published. */
export type ApprovalState =
  | { readonly kind: 'approved'; readonly by: string; readonly at: string; readonly expiresAt: string | null }
  | { readonly kind: 'expired'; readonly by: string; readonly expiresAt: string }
  /** Somebody approved another wording or version of it. */
  | { readonly kind: 'changed'; readonly by: string; readonly at: string }
  | { readonly kind: 'none' };

/** The approval of exactly this text at a time (milliseconds since 1970). One that still holds wins over one that is over. */
export function approvalOf(copy: Copy, approvals: readonly CopyApproval[], now: number): ApprovalState {
  const meant = approvals.filter(
    ({ patternId, locale, capability }) =>
      patternId === copy.patternId && locale === copy.locale && capability === copy.capability,
  );
  const states = meant
    .filter(({ hash, version }) => hash === copy.hash && version === copy.version)
    .map(({ approvedBy: by, approvedAt: at, expiresAt }): ApprovalState => {
      if (expiresAt !== null && Date.parse(expiresAt) <= now) return { kind: 'expired', by, expiresAt };
      return { kind: 'approved', by, at, expiresAt };
    });
  const [other] = meant;
  const changed: ApprovalState = other ? { kind: 'changed', by: other.approvedBy, at: other.approvedAt } : { kind: 'none' };
  return states.find(({ kind }) => kind === 'approved') ?? states[0] ?? changed;
}
