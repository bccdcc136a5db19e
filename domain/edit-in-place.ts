import type { Brand, Copy } from './brand.ts';
import { CAPABILITY_OF, EDITABLE } from './capability.ts';
import type { OrderCriteria } from './order-criteria.ts';
import { choosePattern } from './pattern-choice.ts';
import type { SurfaceKind } from './surface.ts';

/** What must be known of a comment to tell whether it can be edited in place. */
export interface EditableComment {
  readonly kind: SurfaceKind;
  readonly marketId: string | null;
  /** Its ad's campaign when it was written. */
  readonly campaignName: string | null;
}

/** How a comment goes under an order that asks for edits: it gets the text of today, or it is deleted and why. */
export type Way = { readonly kind: 'edit' } | { readonly kind: 'delete'; readonly why: string };

/**
 * Which way a comment goes, by what the brand folder holds `now` (ISO 8601). A forecast: the run that edits judges the ad as it is by
 * then, and the gate holds the order against the very text.
 */
export function wayOf(
  { kind, marketId, campaignName }: EditableComment,
  criteria: OrderCriteria,
  brand: Brand,
  now: string,
): Way {
  if (!EDITABLE[kind]) return { kind: 'delete', why: `a comment on ${kind} cannot be edited` };
  if (marketId === null || campaignName === null) return { kind: 'delete', why: 'no attempt tells for which ad it was written' };
  const { patternId } = choosePattern(campaignName, brand.patternChoice);
  const copy = brand.copy.find(
    (each) => each.patternId === patternId && each.locale === marketId && each.capability === CAPABILITY_OF[kind],
  );
  if (!copy) return { kind: 'delete', why: `the brand folder has no text of pattern ${patternId} in ${marketId}` };
  if (!coversCopy(criteria, copy, now)) return { kind: 'edit' };
  return { kind: 'delete', why: `the order covers the text of today, too (pattern ${patternId} version ${copy.version})` };
}

/** Of an order that covers a comment: whether it covers the comment with this copy, too. */
function coversCopy({ patternId, copyVersion, copyHash, from, until }: OrderCriteria, copy: Copy, now: string): boolean {
  return (
    (patternId === undefined || patternId === copy.patternId) &&
    (copyVersion === undefined || copyVersion === copy.version) &&
    (copyHash === undefined || copyHash === copy.hash) &&
    (from === undefined || now >= from) &&
    (until === undefined || now < until)
  );
}
