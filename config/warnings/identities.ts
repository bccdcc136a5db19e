import { problemAt } from '../yaml-file.ts';
import type { Looked, Warning } from './warning.ts';

/** Markets in which nobody can speak on one side. */
export function identityWarnings({ files: { identities, markets } }: Looked): readonly Warning[] {
  if (!identities || !markets) return [];
  const sides = [
    ['facebook-page', 'Facebook Page', 'Facebook posts'],
    ['instagram-account', 'Instagram account', 'Instagram media'],
  ] as const;
  return markets.value.markets.flatMap(({ id }, at) =>
    sides.flatMap(([kind, who, where]): readonly Warning[] => {
      if (identities.value.identities.some((each) => each.kind === kind && each.marketId === id)) return [];
      const problem = `${id} has no ${who}, so nothing is published under ${where} there`;
      const mend = `add the ${who} of ${id} to identities.yaml if there is one`;
      return [{ warning: 'no-identity', ...problemAt(markets.file, ['markets', at, 'id'], problem, mend) }];
    }),
  );
}
