import { readCopySource } from '../../domain/copy/source.ts';
import { problemAtKey } from '../yaml-file.ts';
import type { Looked, Warning } from './warning.ts';

/** Values and slots that no text names. */
export function valueWarnings({ files: { markets, patterns, copy } }: Looked): readonly Warning[] {
  const named = copy.flatMap(({ value: { locale, copy: texts } }) =>
    Object.entries(texts).flatMap(([pattern, { link, 'no-link': noLink }]) =>
      [link, noLink].flatMap((source) => {
        const read = source === undefined ? null : readCopySource(source);
        return read?.ok ? read.variables.map((slot) => ({ locale, pattern, slot })) : [];
      }),
    ),
  );
  const values = (markets?.value.markets ?? []).flatMap(({ id, values }, at) =>
    Object.keys(values).flatMap((slot): readonly Warning[] => {
      if (!markets || named.some((each) => each.locale === id && each.slot === slot)) return [];
      const problem = `no text in ${id} uses the value ${slot}`;
      return [
        {
          warning: 'unused-value',
          ...problemAtKey(markets.file, ['markets', at, 'values', slot], problem, `remove it, or write {$${slot}} in a text`),
        },
      ];
    }),
  );
  const slots = (patterns?.value.patterns ?? []).flatMap(({ id, slots }, at) =>
    Object.keys(slots).flatMap((slot): readonly Warning[] => {
      if (!patterns || named.some((each) => each.pattern === id && each.slot === slot)) return [];
      const problem = `no text of ${id} uses the slot ${slot}`;
      return [
        {
          warning: 'unused-slot',
          ...problemAtKey(patterns.file, ['patterns', at, 'slots', slot], problem, `remove it, or write {$${slot}} in a text`),
        },
      ];
    }),
  );
  return [...values, ...slots];
}
