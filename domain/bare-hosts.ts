import { parse } from 'tldts';

/** Words with a dot and no blank behind it. What belongs to a mail address is none. */
const DOTTED = /(?<![@\p{L}\p{N}._-])((?:[\p{L}\p{N}-]+\.)+(?:xn--[a-z\d-]+|\p{L}{2,}))(?![\p{L}\p{N}@-])(\/\S*)?/giu;

/**
 * Addresses in a text that are written without a scheme, such as `brand.com/sale`. Only a known public suffix makes a
 * dotted word one, or `.example`, which documents and tests use. Source: the public suffix list.
 */
export function bareHosts(text: string): readonly string[] {
  return [...text.matchAll(DOTTED)].flatMap(([whole, host = '', path]) => (isHost(host, path !== undefined) ? [whole] : []));
}

function isHost(host: string, hasPath: boolean): boolean {
  const { isIcann, publicSuffix, domainWithoutSuffix } = parse(host);
  if (!(isIcann === true || publicSuffix === 'example') || !domainWithoutSuffix) return false;
  // Abbreviations such as the Italian "p.es." look like a host of one letter; such hosts are only written with a path.
  return domainWithoutSuffix.length > 1 || hasPath;
}
