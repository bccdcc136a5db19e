import type { SlotType } from '../../domain/brand.ts';
import { suggest } from '../did-you-mean.ts';
import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { problemAt, problemAtKey } from '../yaml-file.ts';

/** Values of the markets fill slots that exist, with the slots' types; a slot's name means one type in all patterns. */
export function checkValues({ markets, patterns }: Folder): readonly Problem[] {
  if (!patterns) return [];
  const types = new Map<string, { readonly type: SlotType; readonly pattern: string }>();
  const found: Problem[] = [];
  for (const [at, { id, slots }] of patterns.value.patterns.entries()) {
    for (const [slot, type] of Object.entries(slots)) {
      const earlier = types.get(slot);
      if (earlier && earlier.type !== type) {
        const problem = `slot ${slot} is ${type} here, but ${earlier.type} in pattern ${earlier.pattern}`;
        found.push(problemAt(patterns.file, ['patterns', at, 'slots', slot], problem, 'use one type, or another name'));
      } else types.set(slot, { type, pattern: id });
    }
  }
  const fillable = [...types].filter(([, { type }]) => type !== 'link').map(([slot]) => slot);
  for (const [at, market] of (markets?.value.markets ?? []).entries()) {
    for (const [slot, value] of Object.entries(market.values)) {
      const path = ['markets', at, 'values', slot] as const;
      const known = types.get(slot);
      if (!markets) continue;
      if (!known) found.push(problemAtKey(markets.file, path, `no pattern has a slot ${slot}`, suggest(slot, fillable)));
      else if (known.type === 'link') {
        found.push(
          problemAtKey(
            markets.file,
            path,
            `slot ${slot} is filled with the link`,
            'remove it; links.yaml says how links are built',
          ),
        );
      } else if (known.type !== value.type) {
        const problem = `slot ${slot} is ${known.type} in pattern ${known.pattern}, but ${value.type} here`;
        found.push(problemAt(markets.file, path, problem, `write a value of type ${known.type}`));
      }
    }
  }
  return found;
}
