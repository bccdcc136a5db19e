import { bareHosts } from '../bare-hosts.ts';
import type { Guardrail } from '../guardrail.ts';
import { landsIn, nameOfPage } from '../landing.ts';
import { broken, isProposal, kept } from './finding.ts';

const ADDRESSES = /(?:https?:\/\/|www\.)\S+/giu;

export const linkAllowed: Guardrail = {
  id: 'link-allowed',
  protects: "The comment carries one link at most, over https, to a page of the ad's market.",
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ proposal }, brand) {
    if (!isProposal(proposal)) return broken('There is no proposed text whose link could be checked.', { link: null });
    const { link, text, capability, marketId } = proposal;
    const addresses = text.match(ADDRESSES) ?? [];
    const evidence = { link, marketId };
    if ((link !== null) !== (capability === 'link')) {
      return broken(`A ${capability} text ${link === null ? 'needs a link but has none' : 'must not have a link'}.`, evidence);
    }
    if (link === null) {
      const named = addresses[0] ?? bareHosts(text)[0];
      if (named !== undefined) return broken(`A no-link text names the address ${named}.`, evidence);
      return kept('The text carries no link, as it should on this kind of surface.', evidence);
    }
    if (addresses.length !== 1 || addresses[0] !== link) {
      return broken('The text does not carry exactly the one link that was built for it.', { ...evidence, addresses });
    }
    const url = URL.canParse(link) ? new URL(link) : null;
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
      return broken(`The link to ${nameOfPage(link)} is not a plain https address.`, evidence);
    }
    const market = brand.markets.find(({ id }) => id === marketId);
    if (!market || !landsIn(market, url))
      return broken(`The link leads to ${nameOfPage(link)}, which is not a landing page of ${marketId}.`, evidence);
    return kept(`The link leads to ${nameOfPage(link)}, a landing page of ${marketId}.`, evidence);
  },
};
