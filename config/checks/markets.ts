import { underPrefix } from '../../domain/landing.ts';
import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { placeOf, problemAt } from '../yaml-file.ts';
import { twice } from './twice.ts';

/** Markets: each once, made of its own language and country, with landing pages that are nobody else's. */
export function checkMarkets({ markets }: Folder): readonly Problem[] {
  if (!markets) return [];
  const { file, value } = markets;
  const currencies = Intl.supportedValuesOf('currency');
  const single = value.markets.flatMap(({ id, language, country, currency }, at) => [
    ...(id === `${language}-${country}`
      ? []
      : [
          problemAt(
            file,
            ['markets', at, 'id'],
            `"${id}" does not say language ${language} and country ${country}`,
            `write ${language}-${country}`,
          ),
        ]),
    ...(currencies.includes(currency)
      ? []
      : [problemAt(file, ['markets', at, 'currency'], `"${currency}" is not a currency`, 'write an ISO 4217 code such as EUR')]),
  ]);
  const ids = value.markets.map(({ id }, at) => ({ path: ['markets', at, 'id'], name: id }));
  return [...single, ...twice(file, ids, 'market'), ...overlaps(markets)];
}

function overlaps({ file, value }: NonNullable<Folder['markets']>): readonly Problem[] {
  const pages = value.markets.flatMap(({ id, landing }, market) =>
    landing.map((page, at) => ({ ...page, id, path: ['markets', market, 'landing', at, 'pathPrefix'] })),
  );
  return pages.flatMap((page, at) => {
    const other = pages
      .slice(0, at)
      .find(
        ({ host, pathPrefix }) =>
          host === page.host && (underPrefix(pathPrefix, page.pathPrefix) || underPrefix(page.pathPrefix, pathPrefix)),
      );
    if (!other) return [];
    const problem = `${page.host}${page.pathPrefix} overlaps ${other.host}${other.pathPrefix} of ${other.id} at ${placeOf(file, other.path)}`;
    return [problemAt(file, page.path, problem, 'give each market paths that no other market has')];
  });
}
