const MASK = '[secret]';

/** Parameters, keys and headers whose value is a secret wherever they turn up. */
const CARRIERS = 'access_token|appsecret_proof|app_secret|client_secret|input_token|fb_exchange_token|authorization';
/** In an address, in JSON, in JSON inside JSON, and in a header; `%3D` is an equals sign inside another address. */
const CARRIED = new RegExp(
  `((?:${CARRIERS})\\\\*["']?\\s*(?:[=:]|%3D)\\s*\\\\*["']?(?:(?:Bearer|OAuth|Basic)\\s+)?)[^\\s"'&<>,}\\\\]+`,
  'gi',
);
const BEARER = /\b(bearer|Bearer|BEARER|OAuth)\s+[\w.~+/|-]{8,}=*/g;
/** Meta's tokens begin so; this catches one that we never held, such as a stranger's in an echoed message. */
const META_TOKEN = /\bEAA[A-Za-z0-9]{16,}/g;
const CARRIER_NAME = new RegExp(`^(?:${CARRIERS})$`, 'i');

/** The text with a mask wherever a secret would stand, also one that nobody here ever held. */
export function maskSecretShapes(text: string): string {
  return text.replace(CARRIED, `$1${MASK}`).replace(BEARER, `$1 ${MASK}`).replace(META_TOKEN, MASK);
}

/** Whether what stands under this name is a secret by its name alone. */
export function namesSecret(name: string): boolean {
  return CARRIER_NAME.test(name);
}
