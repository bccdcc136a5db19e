import { sha256Bytes } from './hash.ts';
import type { SurfaceRef } from './surface.ts';

/** Digits and letters without i, l, o and u: nobody misreads a key that is read aloud. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const KEY_LENGTH = 12;

/**
 * The short key of a surface that its comment's link carries (`fcid`): 60 bits of a hash over brand, platform and
 * surface id. Always the same for the same surface, whichever ad or run asks (protocol e, f).
 */
export function surfaceKey(brandId: string, surface: Pick<SurfaceRef, 'platform' | 'surfaceId'>): string {
  const bytes = sha256Bytes([brandId, surface.platform, surface.surfaceId].join('\n'));
  return Array.from(bytes.slice(0, KEY_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
