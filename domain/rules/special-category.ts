import type { Guardrail } from '../guardrail.ts';
import { broken, kept } from './finding.ts';

/** Housing, jobs, credit, politics: what may be said there is the law's as well as the brand's, so a person decides, or nobody. */
export const specialCategory: Guardrail = {
  id: 'special-category',
  protects: 'An ad of a special category, such as housing or credit, gets no comment without a person of the brand.',
  hard: false,
  severity: 'block',
  mildest: 'hold',
  leadsTo: 'blocked',
  needs: ['specialCategories'],
  check({ snapshot: { specialCategories } }) {
    const evidence = { specialCategories };
    if (specialCategories.length === 0) return kept('The ad declares no special category.', evidence);
    return broken(`The ad declares a special category: ${specialCategories.join(', ')}.`, evidence);
  },
};
