import { BRAND, factsWith, SNAPSHOT } from '../good.ts';
import { type Broken, mismatch, OTHER_AD } from './cases.ts';

/** To whom: country, language, market, and the other ads of the surface. */
export const AUDIENCE: readonly Broken[] = [
  [
    'known-ads-agree',
    'another ad of another market on the same surface',
    factsWith({ facts: { otherAds: [OTHER_AD] } }),
    'blocked',
    /also serves meta\/act_2\/900 \(fr-FR\)/,
  ],
  [
    'known-ads-agree',
    'another ad on the same surface of which nobody knows the market yet',
    factsWith({ facts: { otherAds: [{ ...OTHER_AD, marketId: null, marketState: 'unknown' }] } }),
    'blocked',
    /also serves meta\/act_2\/900, whose market is not clear/,
  ],
  [
    'known-ads-agree',
    'one ad of another market among several of the same',
    factsWith({
      facts: { otherAds: [{ ...OTHER_AD, ad: { ...OTHER_AD.ad, adId: '899' }, marketId: 'de-DE' }, OTHER_AD] },
    }),
    'blocked',
    /speaks for de-DE, but the same surface also serves meta\/act_2\/900 \(fr-FR\)/,
  ],
  [
    'known-ads-agree',
    'another ad on the same surface whose own market is not clear',
    factsWith({ facts: { otherAds: [{ ...OTHER_AD, marketId: null, marketState: 'unclear' }] } }),
    'blocked',
    /also serves meta\/act_2\/900, whose market is not clear/,
  ],
  [
    'market-agrees',
    'a proposed text of another language',
    factsWith({ proposal: { locale: 'fr-FR', copyHash: BRAND.copy[2]?.hash ?? '' } }),
    'blocked',
    /de-DE, but the proposed text is for fr-FR/,
  ],
  [
    'market-agrees',
    'a targeted country of another market',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countries: ['FR'] } }),
    'blocked',
    /country \(FR\) fits fr-FR/,
  ],
  [
    'one-country',
    'several targeted countries',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countries: ['DE', 'AT'] } }),
    'blocked',
    /several countries \(AT, DE\)/,
  ],
  [
    'one-country',
    'a group of countries',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countryGroups: ['europe'] } }),
    'blocked',
    /country group europe/,
  ],
  [
    'market-agrees',
    'no targeted country',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countries: [] } }),
    'blocked',
    /names no country/,
  ],
  [
    'market-agrees',
    'a targeted language of another market',
    mismatch({ targeting: { ...SNAPSHOT.targeting, locales: ['fr-FR'] } }),
    'blocked',
    /language \(fr-FR\) fits fr-FR/,
  ],
  [
    'one-language',
    'words in one language for an ad set that targets two',
    mismatch({
      languages: { tags: ['de-DE'], default: 'de-DE' },
      targeting: { ...SNAPSHOT.targeting, locales: ['de-DE', 'fr-FR'] },
    }),
    'blocked',
    /speaks de-DE, but the ad set targets de-DE, fr-FR/,
  ],
  [
    'one-language',
    'several targeted languages',
    mismatch({ targeting: { ...SNAPSHOT.targeting, locales: ['de-DE', 'fr-FR'] } }),
    'blocked',
    /several languages/,
  ],
  [
    'market-agrees',
    'a landing page on a foreign host',
    mismatch({ landingUrls: [{ url: 'https://outlet.example/de/', foundIn: 'x' }] }),
    'blocked',
    /fits no market/,
  ],
  [
    'market-agrees',
    'a second landing page in another market',
    mismatch({ landingUrls: [...SNAPSHOT.landingUrls, { url: 'https://shop.example/fr/', foundIn: 'x' }] }),
    'blocked',
    /fits no market/,
  ],
  ['market-agrees', 'no landing page', mismatch({ landingUrls: [] }), 'blocked', /names no landing page/],
  [
    'one-language',
    'an ad that speaks several languages on one post',
    mismatch({ languages: { tags: ['de-DE', 'fr-FR'], default: 'de-DE' } }),
    'blocked',
    /several languages on one post \(de-DE, fr-FR\)/,
  ],
  [
    'one-language',
    'an ad that is translated from a language that nobody names',
    mismatch({ languages: { tags: ['de'], default: null } }),
    'blocked',
    /several languages on one post \(de\)/,
  ],
];
