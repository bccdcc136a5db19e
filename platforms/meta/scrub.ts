import { createHmac } from 'node:crypto';
import { maskSecretShapes } from '../secret-shapes.ts';

/** `appsecret_proof`: HMAC-SHA256 of the token that is sent, keyed with the app secret, hex. */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Keeps secrets out of every text that leaves the room. */
export interface Scrubber {
  /** From now on this text never gets through. */
  learn(secret: string): void;
  /** The text in one line without secrets, at most `limit` characters. */
  clean(text: string, limit?: number): string;
}

const MASK = '[secret]';

/** A scrubber that knows nothing yet but the shapes of secrets. */
export function createScrubber(): Scrubber {
  const known = new Set<string>();
  return {
    learn(secret) {
      // A word shorter than this is no secret, and masking it would garble every text.
      if (secret.length < 6) return;
      known.add(secret);
      known.add(encodeURIComponent(secret));
    },
    clean(text, limit = 300) {
      let cleaned = text;
      for (const secret of known) cleaned = cleaned.replaceAll(secret, MASK);
      cleaned = maskSecretShapes(cleaned)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim();
      return cleaned.length > limit ? `${cleaned.slice(0, limit - 1)}…` : cleaned;
    },
  };
}
