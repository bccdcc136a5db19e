import type { Brand } from './brand.ts';
import { canonicalJson, sha256Hex } from './hash.ts';

/**
 * SHA-256 over what a brand folder says that decides for which market an ad speaks, and over the brand itself. Under
 * another digest nothing is known of an ad's market; a text or a severity may change without that.
 */
export function marketDigest({ id, markets, identities, policy }: Brand): string {
  return sha256Hex(
    canonicalJson({
      brand: id,
      markets: markets.map(({ id: market, country, language, landing }) => ({ market, country, language, landing })),
      identities: identities.map(({ platform, kind, identityId, marketId }) => ({ platform, kind, identityId, marketId })),
      multiCountry: policy.multiCountry,
      multiLanguage: policy.multiLanguage,
    }),
  );
}
