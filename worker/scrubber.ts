import { maskSecretShapes, namesSecret } from '../platforms/secret-shapes.ts';

export interface Scrubber {
  /** The text without the given secrets, and without whatever stands where a secret would. */
  text(text: string): string;
  /** The same for data as JSON has it, names and values. */
  data(value: unknown): unknown;
}

const MASK = '[secret]';

/** Removes the given secrets from everything that is logged. Shorter ones than 8 characters would garble every text. */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const known = secrets.filter((secret) => secret.length >= 8).flatMap((secret) => [secret, encodeURIComponent(secret)]);

  function text(dirty: string): string {
    return maskSecretShapes(known.reduce((clean, secret) => clean.replaceAll(secret, MASK), dirty));
  }

  function data(value: unknown): unknown {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(data);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [text(name), namesSecret(name) ? MASK : data(each)]));
  }

  return { text, data };
}
