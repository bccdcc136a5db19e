import type { Fault } from './fault.ts';

/** What a survey must not take for known. */
export const SURVEYS: readonly Fault[] = [
  {
    id: 'survey-unlisted',
    what: 'An account that cannot be listed does not keep runs from judging (protocol f)',
    edits: [{ file: 'activities/survey.ts', find: 'if (worst !== undefined) throw worst;', replace: '' }],
    tests: ['test/activities/survey.test.ts'],
    named: 'one account that is refused',
  },
  {
    id: 'survey-digest',
    what: 'Markets that were decided under another brand folder count (protocol f)',
    edits: [
      { file: 'store/postgres/counted-ads.ts', find: 'market.ad_id, market.market_digest)', replace: 'market.ad_id)' },
      {
        file: 'store/postgres/counted-ads.ts',
        find: `edge.ad_id, $\{digest})`,
        replace: `edge.ad_id) or $\{digest}::text is null`,
      },
    ],
    tests: ['test/store/surveys.test.ts'],
    named: 'under another digest',
  },
];
