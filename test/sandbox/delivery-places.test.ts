import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readWorld } from '../../sandbox/server.ts';

const FIRST = ["app: { id: '1' }", "system_user: { id: '2' }"];

/** A world of one ad set and one ad, which delivers in one place; that place stands in line 5. */
function worldFile(targeting: string, place: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'delivery-places-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'world.yaml');
  const adSet = `ad_sets: [{ id: '3', campaign_id: '4', name: x, targeting: ${targeting} }]`;
  const ad = `  - delivery: { daily: [{ ${place}, impressions: 1 }] }`;
  writeFileSync(
    file,
    [...FIRST, adSet, 'ads:', ad, "    id: '5'\n    name: y\n    adset_id: '3'\n    creative_id: '6'", ''].join('\n'),
  );
  return file;
}

const at = (publisher: string, position: string) => `publisher_platform: ${publisher}, platform_position: ${position}`;

test('Delivery on a publisher that the ad set does not target is refused, with its line', () => {
  const file = worldFile('{ publisher_platforms: [instagram] }', at('facebook', 'feed'));
  const where = `${file}:5:47: ads.0.delivery.daily.0.publisher_platform`;
  expect(() => readWorld(file)).toThrow(`${where}: facebook is no publisher of ad set 3, which targets instagram`);
});

test('Delivery at a position that the ad set does not target is refused; positions are named as insights name them', () => {
  const stories = '{ publisher_platforms: [instagram], instagram_positions: [story] }';
  const problem = 'feed is no position of ad set 3, which delivers at instagram_stories';
  expect(() => readWorld(worldFile(stories, at('instagram', 'feed')))).toThrow(problem);
  expect(readWorld(worldFile(stories, at('instagram', 'instagram_stories'))).ads).toHaveLength(1);
});

test.each([
  ['publishers', '{}', 'facebook', 'marketplace'],
  ['positions', '{ publisher_platforms: [facebook] }', 'facebook', 'facebook_reels'],
])('Delivery fits where the targeting leaves the %s open', (_, targeting, publisher, position) => {
  expect(readWorld(worldFile(targeting, at(publisher, position))).ads).toHaveLength(1);
});

test('A targeted position of which nobody says how insights call it is not guessed at', () => {
  const targeting = '{ publisher_platforms: [instagram], instagram_positions: [profile_reels] }';
  expect(readWorld(worldFile(targeting, at('instagram', 'instagram_profile_reels'))).ads).toHaveLength(1);
});
