import type { Brand } from '../../../domain/brand.ts';
import type { AdSnapshot, Proposal, SurfaceFacts } from '../../../domain/facts.ts';
import { sha256Hex } from '../../../domain/hash.ts';
import { judge } from '../../../domain/judge.ts';
import type { Outcome } from '../../../domain/outcome.ts';
import type { SurfaceKind } from '../../../domain/surface.ts';
import { surfaceKey } from '../../../domain/surface-key.ts';
import { BRAND, factsWith, proposalOf, SNAPSHOT, surfaceOf } from '../good.ts';

/**
 * Facts that break exactly one rule, with the outcome it leads to. Because nothing else is broken, a rule that is taken from
 * the list turns its cases red.
 */
export type Broken = readonly [rule: string, what: string, facts: SurfaceFacts, outcome: Outcome | null, says: RegExp];

export const LINK = proposalOf(factsWith()).link ?? '';
export const KEY = surfaceKey(BRAND.id, surfaceOf());

/** A proposal whose text carries another link than the one that was built, consistently in text, bytes and field. */
export function withLink(link: string): Partial<Proposal> {
  const text = proposalOf(factsWith()).text.replace(LINK, () => link);
  return { link, text, bytesHash: sha256Hex(text) };
}

export function withText(text: string): Partial<Proposal> {
  return { text, bytesHash: sha256Hex(text) };
}

/** An ad that says something else than the proposal it got. */
export function mismatch(snapshot: Partial<AdSnapshot>): SurfaceFacts {
  return factsWith({ snapshot, facts: { proposal: proposalOf(factsWith()) } });
}

/** What the ad set says of comments on one kind of surface. */
export function limited(kind: SurfaceKind, setting: string, limits: boolean | null): AdSnapshot['commentLimits'] {
  return { ...SNAPSHOT.commentLimits, [kind]: { limited: limits, setting } };
}

/** The offer that ends on 31 December, at a moment. */
export function offerAt(gatheredAt: string): SurfaceFacts {
  return factsWith({ snapshot: { campaign: { id: '301', name: 'DE_OFFER_2026-12' } }, facts: { gatheredAt } });
}

export const APPROVAL = { approvedBy: 'Head of Brand', approvedAt: '2026-11-16T09:30:00Z', expiresAt: null, revokedAt: null };
export const OTHER_AD = {
  ad: { platform: 'meta', accountId: 'act_2', adId: '900' },
  campaignId: '1',
  marketId: 'fr-FR',
  marketState: 'found',
} as const;

/** What a rule says of facts that it blocks, whatever the other rules say. */
export function saysOf(rule: string, facts: SurfaceFacts, brand: Brand = BRAND): string | undefined {
  return judge(facts, brand).verdicts.find((each) => each.rule === rule && each.verdict === 'block')?.says;
}
