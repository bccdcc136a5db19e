import { describe, expect, test } from 'vitest';
import type { AdSnapshot } from '../../domain/facts.ts';
import { speakerFor } from '../../domain/speaker.ts';
import type { Surface } from '../../domain/surface.ts';
import { BRAND, SNAPSHOT, surfaceOf } from './good.ts';

const INSTAGRAM = surfaceOf('instagram-media');
const PARTNERSHIP = { partnership: { partnerIds: ['777'], sponsorIds: ['11'] } };

function speaking(surface: Surface, snapshot: Partial<AdSnapshot> = {}) {
  return speakerFor(surface, { ...SNAPSHOT, ...snapshot }, BRAND);
}

describe('who speaks on a surface', () => {
  test.each([
    ['the Page that owns the post', surfaceOf(), {}, { identityId: '11', pageId: '11' }],
    ['the account that owns the media, with the token of its Page', INSTAGRAM, {}, { identityId: '12', pageId: '11' }],
    [
      'whom the creative names, where the platform does not say',
      { ...surfaceOf(), identityId: null },
      {},
      { identityId: '11', pageId: '11' },
    ],
    ['the brand, on its own post of a partnership ad', surfaceOf(), PARTNERSHIP, { identityId: '11', pageId: '11' }],
    [
      'the account, where another one stands in for the Page',
      INSTAGRAM,
      { pageBackedAccountId: '99' },
      { identityId: '12', pageId: '11' },
    ],
  ])('is %s', (_, surface, snapshot, speaker) => {
    expect(speaking(surface, snapshot)).toEqual({ kind: 'ours', speaker });
  });

  test.each([
    [
      'a partner who wrote the post',
      { ...surfaceOf(), identityId: '777' },
      PARTNERSHIP,
      'not-commentable',
      /777.*third-party objects are out of scope/,
    ],
    ['a partner who made the media', { ...INSTAGRAM, identityId: '778' }, PARTNERSHIP, 'not-commentable', /778.*third-party/],
    [
      'a partnership ad of which nobody says who made the media',
      { ...INSTAGRAM, identityId: null },
      PARTNERSHIP,
      'not-commentable',
      /nothing tells who owns .* partnership ad \(partner: 777\); third-party/,
    ],
    [
      'a partnership ad of which nobody says whose the post is, nor who the partner',
      { ...surfaceOf(), identityId: null },
      { partnership: { partnerIds: [], sponsorIds: ['11'] } },
      'not-commentable',
      /partner: not named/,
    ],
    [
      'an account that stands in for the Page',
      { ...INSTAGRAM, identityId: '99' },
      { pageBackedAccountId: '99' },
      'not-commentable',
      /99.*stands in for Page 11/,
    ],
    [
      'a stand-in that the brand lists as its own',
      INSTAGRAM,
      { pageBackedAccountId: '12' },
      'not-commentable',
      /stands in for Page 11/,
    ],
    [
      'a Page that nobody knows',
      { ...surfaceOf(), identityId: '777' },
      {},
      'blocked',
      /777, which is none of the brand's identities/,
    ],
    ['a Page that the brand knows as an account', { ...surfaceOf(), identityId: '12' }, {}, 'blocked', /12, which is none/],
    ['nobody known', { ...surfaceOf(), identityId: null }, { facebookPageId: null }, 'blocked', /nobody known/],
  ] as const)('is nobody on a surface of %s', (_, surface, snapshot, outcome, says) => {
    expect(speaking(surface, snapshot)).toEqual({ kind: 'nobody', outcome, says: expect.stringMatching(says) });
  });
});
