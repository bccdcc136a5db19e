/**
 * Which comments a withdrawal order names. Everything that is given must hold; nothing given names all there are. What a comment
 * belongs to is told by the attempt that put it there, or by the run that found it.
 */
export interface OrderCriteria {
  readonly brandId?: string;
  readonly accountId?: string;
  /** Written `meta/act_100200/23851234`. Comments that came about by it, and those on surfaces on which it is shown now. */
  readonly ad?: string;
  /** A Page or an Instagram account. */
  readonly identityId?: string;
  readonly marketId?: string;
  readonly patternId?: string;
  readonly copyVersion?: number;
  readonly copyHash?: string;
  readonly surfaceId?: string;
  /** Published then or later; ISO 8601. What is not published yet is held against the present. */
  readonly from?: string;
  /** Published before; ISO 8601. */
  readonly until?: string;
}

const SHOWN_OF_HASH = 12;

/** What an order covers, for people: `pattern next-step, version 3, market de-DE, of brand brightloom`. */
export function tellCriteria(criteria: OrderCriteria): string {
  const { brandId, accountId, ad, identityId, marketId, patternId, copyVersion, copyHash, surfaceId, from, until } = criteria;
  const named = [
    patternId === undefined ? [] : `pattern ${patternId}`,
    copyVersion === undefined ? [] : `version ${copyVersion}`,
    copyHash === undefined ? [] : `copy ${copyHash.slice(0, SHOWN_OF_HASH)}`,
    marketId === undefined ? [] : `market ${marketId}`,
    identityId === undefined ? [] : `identity ${identityId}`,
    accountId === undefined ? [] : `account ${accountId}`,
    ad === undefined ? [] : `ad ${ad}`,
    surfaceId === undefined ? [] : `surface ${surfaceId}`,
    from === undefined ? [] : `published from ${from}`,
    until === undefined ? [] : `published before ${until}`,
  ].flat();
  if (brandId === undefined) return named.length === 0 ? 'everything' : named.join(', ');
  return named.length === 0 ? `everything of brand ${brandId}` : `${named.join(', ')}, of brand ${brandId}`;
}
