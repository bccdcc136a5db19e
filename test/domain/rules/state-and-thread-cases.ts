import { factsWith, ownComment } from '../good.ts';
import { type Broken, LINK, limited } from './cases.ts';

/** Whether it can be, and who else is there. */
export const STATE_AND_THREAD: readonly Broken[] = [
  [
    'special-category',
    'an ad of a special category',
    factsWith({ snapshot: { specialCategories: ['credit', 'housing'] } }),
    'blocked',
    /special category: credit, housing/,
  ],
  ['ad-state', 'an archived ad', factsWith({ snapshot: { state: 'archived' } }), 'not-commentable', /archived/],
  ['ad-state', 'a deleted ad', factsWith({ snapshot: { state: 'deleted' } }), 'not-commentable', /deleted/],
  ['ad-state', 'a disapproved ad', factsWith({ snapshot: { state: 'disapproved' } }), 'not-commentable', /disapproved/],
  ['ad-state', 'an ad in process', factsWith({ snapshot: { state: 'in-process' } }), 'not-commentable', /processing/],
  [
    'ad-state',
    'a paused ad in a backfill',
    factsWith({ snapshot: { state: 'campaign-paused' }, facts: { mode: 'backfill' } }),
    'not-commentable',
    /policy for a backfill leaves/,
  ],
  ['commentable', 'comments that are off', factsWith({ reading: { commentsEnabled: false } }), 'not-commentable', /switched off/],
  [
    'commentable',
    'an ad set that limits who may comment',
    factsWith({ snapshot: { commentLimits: limited('facebook-post', 'TAGGED', true) } }),
    'not-commentable',
    /limits who may comment here \(TAGGED\)/,
  ],
  [
    'commentable',
    'an identity that is not published',
    factsWith({ reading: { identityPublished: false } }),
    'not-commentable',
    /not published/,
  ],
  [
    'ours-not-there',
    'a comment that the brand wrote by hand',
    factsWith({ thread: { own: [ownComment()] } }),
    'covered-by-brand',
    /by hand/,
  ],
  [
    'ours-not-there',
    "another app's copy of our text",
    factsWith({ thread: { own: [ownComment({ text: `x ${LINK}`, applicationId: '5' })] } }),
    'covered-by-brand',
    /by hand/,
  ],
  [
    'first-in-thread',
    'strangers before us',
    factsWith({ thread: { strangers: { count: 3, earliestAt: '2026-11-20T08:00:00Z' } } }),
    null,
    /before us/,
  ],
];
