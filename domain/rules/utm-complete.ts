import type { Guardrail } from '../guardrail.ts';
import { hasMacro, isLiteral, linkParameters, utmTupleOf } from '../link.ts';
import { surfaceKey } from '../surface-key.ts';
import { broken, isProposal, kept } from './finding.ts';

export const utmComplete: Guardrail = {
  id: 'utm-complete',
  protects: "Clicks on the comment can be told apart: the link carries every UTM parameter and the surface's key, literally.",
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ proposal, reading: { surface } }, brand) {
    if (!isProposal(proposal)) return broken('There is no proposed text whose UTM parameters could be checked.', { link: null });
    const { link, marketId, patternId, copyVersion } = proposal;
    if (link === null) return kept('The text carries no link, so there are no UTM parameters to check.', { link });
    if (!URL.canParse(link)) return broken('The link is not an address.', { link });
    if (hasMacro(link)) return broken('The link holds a macro that nobody would fill in.', { link });

    // Built again from the brand folder, so that the check does not trust whoever built the link.
    const values = { source: brand.link.sources[surface.kind], market: marketId, pattern: patternId, version: copyVersion };
    const query = new URL(link).searchParams;
    for (const [name, value] of linkParameters(brand.link, values, surfaceKey(brand.id, surface))) {
      const found = query.getAll(name);
      if (found.length === 0) return broken(`The link lacks the parameter ${name}.`, { link, name, value });
      if (found.length > 1) return broken(`The link carries the parameter ${name} more than once.`, { link, name, value, found });
      if (found[0] !== value)
        return broken(`The link says ${name}=${found[0]} where ${value} belongs.`, { link, name, value, found });
      if (!isLiteral(value)) return broken(`${name}=${value} is not a literal lower-case value.`, { link, name, value });
    }
    const utm = utmTupleOf(link, brand.link.keyParameter);
    if (!utm) return broken('The link lacks one of utm_source, utm_medium, utm_campaign and utm_content.', { link });
    return kept(`The link carries ${utm.source} / ${utm.medium} / ${utm.campaign} / ${utm.content} and the key ${utm.key}.`, {
      utm,
    });
  },
};
