import { expect, test } from 'vitest';
import { kindsWithThread, reasonWithoutThread, tellNoSurfaces, tellUnusable } from '../../domain/placements.ts';

test.each([
  ['automatic placements', null, ['facebook-post', 'instagram-media']],
  ['both feeds', ['instagram/stream', 'facebook/feed'], ['facebook-post', 'instagram-media']],
  ['a publisher without positions', ['instagram'], ['instagram-media']],
  ['stories only', ['facebook/story', 'instagram/story'], []],
  ['right column and search', ['facebook/right_hand_column', 'facebook/search'], []],
  ['partner apps', ['audience_network/classic', 'messenger/inbox'], []],
  ['reels of one side', ['instagram/reels', 'facebook/story'], ['instagram-media']],
  ['a position that nobody knows', ['facebook/hologram'], []],
  ['nothing', [], []],
])('%s reach the threads they have', (_, placements, kinds) => {
  expect(kindsWithThread(placements)).toEqual(kinds);
});

test.each([
  ['an ad on Instagram only', 'facebook-post', ['instagram/stream'], /not shown on Facebook, so its post is not a surface of it/],
  ['an ad in stories only', 'instagram-media', ['facebook/story', 'instagram/story'], /Instagram where .*only instagram\/story/],
  ['an ad without placements', 'facebook-post', [], /not shown on Facebook/],
] as const)('%s says why a surface is none of it', (_, kind, placements, reason) => {
  expect(kindsWithThread(placements)).not.toContain(kind);
  expect(reasonWithoutThread(kind, placements)).toMatch(reason);
});

const MEDIA = { platform: 'meta', kind: 'instagram-media', surfaceId: '179' } as const;
const NOT_SHOWN = { kind: 'instagram-media', reason: 'the ad is not shown', named: MEDIA } as const;
const GONE = { kind: 'instagram-media', reason: 'it is gone', named: MEDIA, delivers: true } as const;

test.each([
  ['a media on which the ad is not shown', NOT_SHOWN, 'not a surface of this ad: Instagram media 179: the ad is not shown'],
  ['a media that is gone', GONE, 'cannot be commented: Instagram media 179: it is gone'],
  ['a post without an id', { kind: 'facebook-post', reason: 'deleted' }, 'not a surface of this ad: Facebook post: deleted'],
  ['an ad without any', { kind: null, reason: 'no post' }, 'not a surface of this ad: no post'],
] as const)('%s reads as what it is', (_, unusable, line) => {
  expect(tellUnusable(unusable)).toBe(line);
});

test('what the ad is shown on all the same is told with the surfaces, not beside them', () => {
  expect(tellNoSurfaces([NOT_SHOWN, GONE])).toEqual([tellUnusable(NOT_SHOWN)]);
  expect(tellNoSurfaces()).toEqual([]);
});
