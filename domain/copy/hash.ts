import type { SlotType } from '../brand.ts';
import { canonicalJson, sha256Hex } from '../hash.ts';

/** What a copy approval binds: the exact MessageFormat source and the types of the pattern's slots. */
export function copyHash(source: string, slots: Readonly<Record<string, SlotType>>): string {
  return sha256Hex(canonicalJson({ slots, source }));
}
