export type Scrubber = (text: string) => string;

/** Parameters and headers that carry secrets wherever they turn up. */
const CARRIERS = /((?:access_token|appsecret_proof|input_token|client_secret)=|Bearer\s+)[^\s&"'\\]+/gi;

/** Removes the given secrets, and whatever stands where a secret would, from a text. */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const known = secrets.filter((secret) => secret.length >= 8);
  return (text) => known.reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text).replace(CARRIERS, '$1[secret]');
}
