import type { Fault } from './fault.ts';
import { dashed } from './words.ts';

const GUARDRAILS = [
  'oneCountry',
  'oneLanguage',
  'marketAgrees',
  'knownAdsAgree',
  'identityAgrees',
  'copyApproved',
  'offerNotOver',
  'linkAllowed',
  'utmComplete',
  'specialCategory',
  'adState',
  'commentable',
  'oursNotThere',
  'firstInThread',
] as const;

/** Every guardrail taken from the list, and what several of them rest on. */
export const RULES: readonly Fault[] = [
  {
    id: 'old-facts',
    what: 'Facts of an older release are judged as if nothing were missing',
    edits: [{ file: 'domain/judge.ts', find: 'missing.length > 0', replace: 'missing.length > 99' }],
    tests: ['test/domain/rules.test.ts'],
    named: 'facts of an older release',
  },
  ...GUARDRAILS.map(
    (guardrail): Fault => ({
      id: `rule-${dashed(guardrail)}`,
      what: `The guardrail ${dashed(guardrail)} is not on the list`,
      edits: [{ file: 'domain/rules/index.ts', find: `\n  ${guardrail},\n`, replace: '\n' }],
      tests: ['test/domain/rules.test.ts'],
    }),
  ),
  {
    id: 'words-or-targets',
    what: 'What the ad set targets is not held against the language that counts',
    edits: [
      {
        file: 'domain/market.ts',
        find: 'if (targeting.locales.length === 0) return words;',
        replace: 'if (words.length > 0) return words;',
      },
    ],
    tests: ['test/domain/rules/audience.test.ts', 'test/domain/market.test.ts'],
  },
  {
    id: 'targets-beside-words',
    what: 'Several targeted languages are overlooked beside words in one',
    edits: [
      {
        file: 'domain/audience.ts',
        find: 'tonguesOf([...languages.tags, ...targeted]).length < 2',
        replace: 'tonguesOf(languages.tags).length < 2',
      },
    ],
    tests: ['test/domain/rules/audience.test.ts', 'test/domain/market.test.ts'],
  },
  {
    id: 'unknown-language',
    what: 'A language that nobody knows passes',
    edits: [
      {
        file: 'domain/rules/one-language.ts',
        find: 'return unclear(sentence(unknown)',
        replace: 'return kept(sentence(unknown)',
      },
    ],
    tests: ['test/domain/rules/audience.test.ts'],
  },
];
