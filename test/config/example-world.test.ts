import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readWorld } from '../../sandbox/server.ts';
import { worldTime } from '../../sandbox/world/time.ts';

const WORLD = readWorld(join(import.meta.dirname, '../../examples/brightloom/sandbox-world.yaml'));
const NOW = Date.parse('2026-11-22T12:00:00Z');
const at = (time: string) => worldTime(time, NOW);

const ADS = WORLD.ads.map((ad) => ({
  ...ad,
  made: at(ad.created_time),
  delivers: ad.delivery === undefined ? undefined : at(ad.delivery.since ?? ''),
}));
const THREADS = [
  ...WORLD.posts.map(({ id, created_time, is_published, like_count }) => ({
    id,
    made: at(created_time),
    dark: !is_published,
    likes: like_count,
  })),
  ...WORLD.media.map(({ id, timestamp, media_product_type, like_count }) => ({
    id,
    made: at(timestamp),
    dark: media_product_type === 'AD',
    likes: like_count,
  })),
];

/** The ads that show a post or a media. */
function adsOf(threadId: string) {
  const creatives = WORLD.creatives.filter((creative) =>
    [creative.effective_object_story_id, creative.effective_instagram_media_id].includes(threadId),
  );
  return ADS.filter((ad) => creatives.some(({ id }) => id === ad.creative_id));
}

describe("the example's world", () => {
  test('has no ad that delivers or was changed before it was made, and none that delivers although it is not active', () => {
    for (const { id, made, delivers, updated_time, effective_status } of ADS) {
      expect(made, id).toBeLessThanOrEqual(at(updated_time));
      if (delivers === undefined) continue;
      expect(made, id).toBeLessThanOrEqual(delivers);
      expect(['ACTIVE', 'WITH_ISSUES'], id).toContain(effective_status);
    }
  });

  test('has no post and no media that is younger than an ad that shows it', () => {
    const shown = THREADS.flatMap((thread) => adsOf(thread.id).map((ad) => ({ thread, ad })));
    expect(shown.length).toBeGreaterThan(40);
    for (const { thread, ad } of shown) expect(thread.made, `${thread.id} of ${ad.id}`).toBeLessThanOrEqual(ad.made);
  });

  test('has no likes on a dark post or media that was never delivered', () => {
    const unseen = THREADS.filter(({ id, dark }) => dark && adsOf(id).every(({ delivers }) => delivers === undefined));
    expect(unseen.length).toBeGreaterThan(3);
    expect(unseen.filter(({ likes }) => likes > 0)).toEqual([]);
  });

  test('has no comment that is older than what it stands under', () => {
    for (const { object_id, created_time } of WORLD.comments) {
      const thread = THREADS.find(({ id }) => id === object_id);
      expect(thread?.made, object_id).toBeLessThanOrEqual(at(created_time));
    }
  });
});
