import { createHmac } from 'node:crypto';

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
const NAMED_SECRET =
  /((?:access_token|appsecret_proof|app_secret|client_secret|input_token|fb_exchange_token)["']?\s*[=:]\s*["']?)[^\s"'&<>,}]+/gi;
const BEARER = /\b(Bearer|OAuth)\s+[\w.~+/|-]{8,}=*/g;
/** Meta's tokens begin so; this catches one that we never held, such as a stranger's in an echoed message. */
const META_TOKEN = /\bEAA[A-Za-z0-9]{16,}/g;

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
      cleaned = cleaned
        .replace(NAMED_SECRET, `$1${MASK}`)
        .replace(BEARER, `$1 ${MASK}`)
        .replace(META_TOKEN, MASK)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim();
      return cleaned.length > limit ? `${cleaned.slice(0, limit - 1)}…` : cleaned;
    },
  };
}
