import { suggest } from '../did-you-mean.ts';
import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { problemAt, problemAtKey } from '../yaml-file.ts';
import { twice } from './twice.ts';

/** Names of markets and patterns that stand in other files lead to markets and patterns that exist. */
export function checkReferences(files: Folder): readonly Problem[] {
  return [...marketNames(files), ...patternNames(files), ...accounts(files)];
}

function marketNames({ brand, identities, markets, copy }: Folder): readonly Problem[] {
  if (!markets) return [];
  const known = markets.value.markets.map(({ id }) => id);
  const unknown = (id: string) => [`market ${id} is not in markets.yaml`, suggest(id, known)] as const;
  const found: Problem[] = [];
  for (const [at, { marketId }] of (identities?.value.identities ?? []).entries()) {
    if (identities && !known.includes(marketId)) {
      found.push(problemAt(identities.file, ['identities', at, 'marketId'], ...unknown(marketId)));
    }
  }
  for (const { file, value } of copy) {
    if (!known.includes(value.locale)) found.push(problemAt(file, ['locale'], ...unknown(value.locale)));
    else if (file.name !== `copy/${value.locale}.yaml`) {
      found.push(
        problemAt(file, ['locale'], `${file.name} holds the locale ${value.locale}`, `name the file copy/${value.locale}.yaml`),
      );
    }
  }
  for (const [rule, { markets: chosen = {} }] of Object.entries(brand?.value.policy.severities ?? {})) {
    for (const id of Object.keys(chosen)) {
      if (brand && !known.includes(id)) {
        found.push(problemAtKey(brand.file, ['policy', 'severities', rule, 'markets', id], ...unknown(id)));
      }
    }
  }
  return found;
}

function patternNames({ brand, patterns, copy }: Folder): readonly Problem[] {
  if (!patterns) return [];
  const known = patterns.value.patterns.map(({ id }) => id);
  const unknown = (id: string) => [`pattern ${id} is not in patterns.yaml`, suggest(id, known)] as const;
  const found: Problem[] = [
    ...twice(
      patterns.file,
      known.map((name, at) => ({ path: ['patterns', at, 'id'], name })),
      'pattern',
    ),
  ];
  if (brand) {
    const { default: fallback, byCampaign } = brand.value.patternChoice;
    if (!known.includes(fallback)) found.push(problemAt(brand.file, ['patternChoice', 'default'], ...unknown(fallback)));
    for (const [at, { pattern }] of byCampaign.entries()) {
      if (!known.includes(pattern)) {
        found.push(problemAt(brand.file, ['patternChoice', 'byCampaign', at, 'pattern'], ...unknown(pattern)));
      }
    }
  }
  for (const { file, value } of copy) {
    for (const id of Object.keys(value.copy)) {
      if (!known.includes(id)) found.push(problemAtKey(file, ['copy', id], ...unknown(id)));
    }
  }
  return found;
}

function accounts({ brand }: Folder): readonly Problem[] {
  if (!brand) return [];
  const entries = brand.value.accounts.map(({ accountId }, at) => ({ path: ['accounts', at, 'accountId'], name: accountId }));
  return twice(brand.file, entries, 'account');
}
