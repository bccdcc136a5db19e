import { isOver, LATEST_ZONE, lastDaysIn, zonesOf } from '../copy/last-day.ts';
import type { Guardrail } from '../guardrail.ts';
import { broken, isProposal, kept } from './finding.ts';

/** An offer that is over misleads whoever reads it, so a text that names a last day goes out only until that day ends. */
export const offerNotOver: Guardrail = {
  id: 'offer-not-over',
  protects: "No text goes out whose last day (a slot of type date) has ended everywhere in its market's country.",
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ proposal, gatheredAt }, brand) {
    if (!isProposal(proposal)) return broken('There is no proposed text whose last day could be checked.', { days: [] });
    const days = lastDaysIn(brand, { ...proposal, hash: proposal.copyHash });
    const country = brand.markets.find(({ id }) => id === proposal.locale)?.country;
    if (country === undefined || days.length === 0) return kept('The text names no last day.', { days: [] });
    const now = Date.parse(gatheredAt);
    if (Number.isNaN(now)) return broken('It is not known when the facts were gathered, so no day can be checked.', { days });
    const over = days.filter(({ day }) => isOver(day, country, now));
    const where = zonesOf(country).includes(LATEST_ZONE)
      ? ` (the time zones of ${country} are not known, so a day ends at UTC-12)`
      : ` everywhere in ${country}`;
    const evidence = { days, country };
    if (over.length > 0) {
      const named = over.map(({ slot, day }) => `${slot} ${day}`).join(', ');
      return broken(`The text names a last day that has ended${where}: ${named}.`, evidence);
    }
    return kept(`The text's last day has not ended${where}: ${days.map(({ day }) => day).join(', ')}.`, evidence);
  },
};
