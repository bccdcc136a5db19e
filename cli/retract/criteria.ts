import { suggest } from '../../config/did-you-mean.ts';
import { formatAd } from '../../domain/ad.ts';
import type { Brand } from '../../domain/brand.ts';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Written } from '../../store/written.ts';
import { brandsAd } from '../context.ts';
import { momentOf } from '../moment.ts';

/** What of the command line says which comments to withdraw. */
export interface Selection {
  readonly all?: boolean;
  readonly pattern?: string;
  readonly version?: string;
  readonly copy?: string;
  readonly market?: string;
  readonly page?: string;
  readonly from?: string;
  readonly until?: string;
  readonly ad?: string;
}

const SHORTEST_HASH = 8;

/**
 * The criteria of an order, always within the brand. A value that neither the brand folder nor the ledger knows is refused: an
 * order aimed at nothing would look as if something had been withdrawn.
 * @throws UserError saying what to write
 */
export function criteriaOf(selection: Selection, brand: Brand, written: Written): OrderCriteria {
  const { all = false, pattern, version, copy, market, page, from, until, ad } = selection;
  const narrowed = [pattern, version, copy, market, page, from, until, ad].some((each) => each !== undefined);
  if (all && narrowed) throw new UserError('--all withdraws every comment of the brand; leave it out to withdraw some of them.');
  if (!all && !narrowed) {
    throw new UserError(
      'Which comments? Name them with --pattern, --version, --copy, --market, --page, --from, --until or --ad; or say --all. Nothing was withdrawn.',
    );
  }
  if (version !== undefined && pattern === undefined)
    throw new UserError('--version is the version of a pattern: name --pattern, too.');
  const patterns = [...brand.patterns.map(({ id }) => id), ...written.patterns];
  const markets = [...brand.markets.map(({ id }) => id), ...written.markets];
  const identities = [...brand.identities.map(({ identityId }) => identityId), ...written.identities];
  const criteria: OrderCriteria = {
    brandId: brand.id,
    ...given('patternId', pattern && known('pattern', pattern, patterns)),
    ...given('copyVersion', version === undefined ? undefined : versionOf(version, pattern ?? '', brand, written)),
    ...given('copyHash', copy && hashOf(copy, brand, written)),
    ...given('marketId', market && known('market', market, markets)),
    ...given('identityId', page && known('Page or Instagram account', page, identities)),
    ...given('from', from && momentOf('--from', from)),
    ...given('until', until && momentOf('--until', until)),
    ...given('ad', ad && formatAd(brandsAd(ad, brand))),
  };
  if (criteria.from !== undefined && criteria.until !== undefined && criteria.from >= criteria.until) {
    throw new UserError(`Nothing lies between --from ${criteria.from} and --until ${criteria.until}. Nothing was withdrawn.`);
  }
  return criteria;
}

function given<Name extends keyof OrderCriteria>(name: Name, value: OrderCriteria[Name]): Pick<OrderCriteria, Name> {
  return (value === undefined ? {} : { [name]: value }) as Pick<OrderCriteria, Name>;
}

function known(word: string, value: string, values: readonly string[]): string {
  if (values.includes(value)) return value;
  const all = [...new Set(values)].sort();
  throw new UserError(
    `Neither the brand folder nor the ledger knows a ${word} "${value}": ${suggest(value, all)}. Nothing was withdrawn.`,
  );
}

function versionOf(text: string, patternId: string, brand: Brand, written: Written): number {
  const all = [...brand.copy, ...written.copies].filter((each) => each.patternId === patternId).map(({ version }) => version);
  const versions = [...new Set(all)].sort((one, other) => one - other);
  const version = versions.find((each) => String(each) === text);
  if (version !== undefined) return version;
  // Of numbers the nearest one is no guess at what was meant.
  const list = versions.join(', ') || 'none';
  throw new UserError(
    `Neither the brand folder nor the ledger knows version ${text} of pattern ${patternId}; known: ${list}. Nothing was withdrawn.`,
  );
}

/** A hash may be given by its first characters, as long as they name one. */
function hashOf(text: string, brand: Brand, written: Written): string {
  const all = [...new Set([...brand.copy, ...written.copies].map(({ hash }) => hash))];
  const meant = all.filter((hash) => hash === text || (text.length >= SHORTEST_HASH && hash.startsWith(text)));
  const [only, more] = meant;
  if (only !== undefined && more === undefined) return only;
  const why =
    more === undefined
      ? `Neither the brand folder nor the ledger knows a copy "${text}"`
      : `"${text}" begins the hashes of ${meant.length} copies`;
  throw new UserError(
    `${why}: "first-comment copy list" shows the hashes; give at least ${SHORTEST_HASH} characters. Nothing was withdrawn.`,
  );
}
