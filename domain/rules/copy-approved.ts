import type { Guardrail } from '../guardrail.ts';
import { sha256Hex } from '../hash.ts';
import { broken, isProposal, kept } from './finding.ts';

export const copyApproved: Guardrail = {
  id: 'copy-approved',
  protects: 'Only a text that somebody of the brand approved, unchanged and in time, is published.',
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ proposal, approval, gatheredAt }, brand) {
    if (!isProposal(proposal)) return broken(`No comment can be proposed: ${proposal.problem}`, { problem: proposal.problem });
    const { patternId, locale, capability, copyVersion, copyHash } = proposal;
    const named = `The ${locale} text of ${patternId} (${capability}, version ${copyVersion})`;
    const evidence = { patternId, locale, capability, copyVersion, copyHash, approvedBy: approval?.approvedBy ?? null };
    if (sha256Hex(proposal.text) !== proposal.bytesHash)
      return broken(`${named} differs from the bytes that were recorded.`, evidence);
    const written = brand.copy.some(
      (copy) =>
        copy.hash === copyHash && copy.patternId === patternId && copy.locale === locale && copy.capability === capability,
    );
    if (!written) return broken(`${named} is not what the brand folder says now.`, evidence);
    if (!approval) return broken(`${named} has not been approved by anybody.`, evidence);
    if (approval.revokedAt !== null) {
      return broken(`The approval of ${lower(named)} was revoked.`, { ...evidence, revokedAt: approval.revokedAt });
    }
    if (approval.expiresAt !== null && !(Date.parse(gatheredAt) < Date.parse(approval.expiresAt))) {
      return broken(`The approval of ${lower(named)} has expired.`, { ...evidence, expiresAt: approval.expiresAt });
    }
    return kept(`${named} was approved by ${approval.approvedBy}.`, evidence);
  },
};

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
