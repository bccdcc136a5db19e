import type { Fault } from './fault.ts';

/** What counts as a surface of an ad, and who speaks there. */
export const SURFACES: readonly Fault[] = [
  {
    id: 'undelivered-surface',
    what: 'A post or media on which the ad is not shown counts as its surface (design §3)',
    edits: [
      {
        file: 'platforms/meta/resolve.ts',
        find: 'const threads = kindsWithThread(snapshot.placements);',
        replace: 'const threads = kindsWithThread(null);',
      },
    ],
    tests: ['test/platforms/shapes.test.ts'],
    named: 'an ad on Instagram only',
  },
  {
    id: 'variants',
    what: 'A post with variants counts as the one that people see',
    edits: [{ file: 'platforms/meta/variants.ts', find: 'data.length > 0 ?', replace: 'data.length > 1_000 ?' }],
    tests: ['test/platforms/shapes.test.ts'],
    named: 'a post for each variant',
  },
  {
    id: 'page-backed',
    what: 'A comment is tried as the account that stands in for a Page',
    edits: [{ file: 'domain/speaker.ts', find: 'ownerId === snapshot.pageBackedAccountId', replace: "ownerId === 'nobody'" }],
    tests: ['test/domain/speaker.test.ts'],
    named: 'stands in for the Page',
  },
  {
    id: 'partner',
    what: "A partner's post is taken for a mistake in the brand folder",
    edits: [{ file: 'domain/speaker.ts', find: '!identity && snapshot.partnership', replace: "owner === 'nobody'" }],
    tests: ['test/domain/speaker.test.ts'],
    named: 'a partner who wrote the post',
  },
  {
    id: 'partner-unnamed',
    what: 'A partnership ad whose post or media names no owner is taken for a post of the brand',
    edits: [
      {
        file: 'domain/speaker.ts',
        find: 'if (snapshot.partnership && surface.identityId === null) {',
        replace: "if (snapshot.partnership && surface.identityId === '') {",
      },
    ],
    tests: ['test/domain/speaker.test.ts'],
    named: 'of which nobody says',
  },
  {
    id: 'closed-side',
    what: 'A post or media on which the ad is shown, but that is gone, is left out of the outcome (design §3)',
    edits: [{ file: 'workflows/run.ts', find: 'if (delivers !== true || !named)', replace: 'if (delivers !== false || !named)' }],
    tests: ['test/workflows/shapes.test.ts'],
    named: 'is gone',
  },
];
