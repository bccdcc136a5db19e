import { languageDoubt, unknownLanguage } from '../audience.ts';
import type { Guardrail } from '../guardrail.ts';
import { broken, kept, sentence, unclear } from './finding.ts';

/**
 * A multi-language ad has one post for all its languages, so its one comment is read by all of them.
 * `policy.multiLanguage` opens it: then the language counts that everybody else reads. A language that nobody here knows is
 * for a person to decide.
 */
export const oneLanguage: Guardrail = {
  id: 'one-language',
  protects: "The ad's readers read one language, or the brand's policy says that the ad's default language counts.",
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  needs: ['languages'],
  check({ snapshot }, brand) {
    const { languages, targeting } = snapshot;
    const evidence = { languages, locales: [...targeting.locales].sort(), policy: brand.policy.multiLanguage };
    const doubt = languageDoubt(snapshot, brand);
    if (doubt !== null) return broken(sentence(doubt), evidence);
    const unknown = unknownLanguage(snapshot, brand);
    if (unknown !== null) return unclear(sentence(unknown), evidence);
    if (languages === null) return kept('The ad has its words in one language.', evidence);
    return kept(`The ad speaks ${languages.tags.join(', ')}; ${languages.default} counts.`, evidence);
  },
};
