import { fitsName } from '../../domain/pattern-choice.ts';
import { placeOf, problemAt } from '../yaml-file.ts';
import type { Looked, Warning } from './warning.ts';

/** Patterns that no ad can get, and rules that no campaign can reach. */
export function patternWarnings({ files: { brand, patterns } }: Looked): readonly Warning[] {
  if (!brand) return [];
  const { default: fallback, byCampaign } = brand.value.patternChoice;
  const shadowed = byCampaign.flatMap(({ campaignName }, at): readonly Warning[] => {
    // What fits the later name as it is written, stars and all, fits every campaign that the later name fits.
    const earlier = byCampaign.slice(0, at).findIndex((rule) => fitsName(rule.campaignName, campaignName));
    if (earlier < 0) return [];
    const place = placeOf(brand.file, ['patternChoice', 'byCampaign', earlier]);
    const problem = `every campaign that fits "${campaignName}" already fits the rule at ${place}`;
    const path = ['patternChoice', 'byCampaign', at, 'campaignName'];
    return [{ warning: 'rule-never-wins', ...problemAt(brand.file, path, problem, 'put the narrower rule first') }];
  });
  const chosen = new Set([fallback, ...byCampaign.map(({ pattern }) => pattern)]);
  const idle = (patterns?.value.patterns ?? []).flatMap(({ id }, at): readonly Warning[] => {
    if (!patterns || chosen.has(id)) return [];
    const problem = `no rule of patternChoice in brand.yaml chooses ${id}, so its texts are never used`;
    const mend = 'name it in a rule, or remove it';
    return [{ warning: 'never-chosen', ...problemAt(patterns.file, ['patterns', at, 'id'], problem, mend) }];
  });
  return [...shadowed, ...idle];
}
