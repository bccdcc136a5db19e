import { countryDoubt } from '../audience.ts';
import type { Guardrail } from '../guardrail.ts';
import { broken, kept, sentence } from './finding.ts';

/** An offer, its price and its delivery are a country's. `policy.multiCountry` opens it: then the landing page decides. */
export const oneCountry: Guardrail = {
  id: 'one-country',
  protects: "The ad's readers are of one country, or the brand's policy says that the landing page's market counts.",
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ snapshot }, brand) {
    const countries = [...snapshot.targeting.countries, ...snapshot.targeting.countryGroups].sort();
    const evidence = { countries, policy: brand.policy.multiCountry };
    const doubt = countryDoubt(snapshot, brand);
    if (doubt !== null) return broken(sentence(doubt), evidence);
    if (countries.length > 1) return kept("The ad set targets several countries; the landing page's market counts.", evidence);
    return kept('The ad set targets no more than one country.', evidence);
  },
};
