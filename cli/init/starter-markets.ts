import { PLACEHOLDER } from '../../config/warnings/placeholders.ts';
import { currencyOf } from './currencies.ts';
import { STARTER_LANGUAGES, starterTexts } from './starter-texts.ts';

/** A market of the folder that is about to be written. */
export interface StarterMarket {
  readonly id: string;
  readonly language: string;
  readonly country: string;
  /** Counts from 1: keeps placeholders of several markets apart. */
  readonly number: number;
  /** What follows the id in its line. */
  readonly remark: string;
}

export function marketsYaml(markets: readonly StarterMarket[], host: string | null): string {
  const hostRemark = host === null ? ` # ${PLACEHOLDER}: the host of your landing pages` : '';
  const entries = markets.map(({ id, language, country, remark }) => {
    const currency = currencyOf(country);
    const currencyRemark = currency === null ? ` # ${PLACEHOLDER}: the currency of ${country}` : '';
    const path = `/${id.toLowerCase()}/`;
    return `  - id: ${id}${remark}
    country: ${country}
    language: ${language}
    currency: ${currency ?? 'EUR'}${currencyRemark}
    landing:
      - host: ${host ?? 'www.change-me.example'}${hostRemark}
        pathPrefix: ${path} # ${PLACEHOLDER}: where the pages of ${id} begin; / when the whole host is theirs
`;
  });
  return `# A market is a country and a language: where its ads may lead, its currency, and the values its copy needs.
# An ad gets a comment only when targeting, landing page and identity all speak for one market.
# Values of slots stand below a market like this:
#    values:
#      returnDays: { type: text, text: '60' }
#      price: { type: money, amount: '149.00' }
#      lastDay: { type: date, day: '2026-12-31' }
markets:
${entries.join('')}`;
}

export function identitiesYaml(brand: string, markets: readonly StarterMarket[]): string {
  const entries = markets.map(({ id, number }) => {
    const page = `'${String(number).padStart(10, '0')}'`;
    const account = `'${String(1_000 + number).padStart(10, '0')}'`;
    return `  - platform: meta
    kind: facebook-page
    identityId: ${page} # ${PLACEHOLDER}: the id of the Page for ${id}
    name: ${JSON.stringify(brand)} # ${PLACEHOLDER}: the Page's own name
    marketId: ${id}
  - platform: meta
    kind: instagram-account
    identityId: ${account} # ${PLACEHOLDER}: the id of the Instagram account for ${id}; take the entry out if there is none
    name: change_me # ${PLACEHOLDER}: its user name, without @
    marketId: ${id}
    linkedPageId: ${page} # ${PLACEHOLDER}: the id of the Page above
`;
  });
  return `# Who speaks: one Page and one Instagram account per market. Ids are digits in quotes.
# An Instagram account speaks with the token of the Page that it is linked to.
identities:
${entries.join('')}`;
}

export function copyYaml(brand: string, { id, language }: StarterMarket): string {
  const { link, noLink } = starterTexts(language, brand);
  const remark = STARTER_LANGUAGES.includes(language)
    ? ''
    : `# ${PLACEHOLDER}: there is no starter text in "${language}", so this is English; have it translated\n`;
  return `# What the brand says in ${id}. A starter: nobody has approved it, so nobody publishes it. Make it yours, then have it
# approved (approvals.yaml says how).
# \`link\` stands under Facebook posts. \`no-link\` stands under Instagram media, where nobody can tap a link.
# Slots are written {$name}. Raise the version with every change of an approved text.
${remark}locale: ${id}
copy:
  next-step:
    version: 1
    link: |-
      ${link}
    no-link: |-
      ${noLink}
`;
}
