import { expect, test } from 'vitest';
import { kindsWithThread, reasonWithoutThread } from '../../domain/placements.ts';

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
