import type { Brand } from './brand.ts';

export interface PatternChoice {
  readonly patternId: string;
  /** Why this one, one sentence. */
  readonly says: string;
}

/** The pattern for an ad: the first rule whose name fits the campaign's, else the brand's default. */
export function choosePattern(campaignName: string, choice: Brand['patternChoice']): PatternChoice {
  const rule = choice.byCampaign.find((each) => fitsName(each.campaignName, campaignName));
  if (rule) return { patternId: rule.pattern, says: `The campaign "${campaignName}" fits ${rule.campaignName}.` };
  return { patternId: choice.default, says: `No rule fits the campaign "${campaignName}", so the default applies.` };
}

/** Whether a name fits a shape in which `*` stands for any text, also none. Upper and lower case differ. */
export function fitsName(shape: string, name: string): boolean {
  const [first = '', ...rest] = shape.split('*');
  if (!name.startsWith(first)) return false;
  if (rest.length === 0) return name === first;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
