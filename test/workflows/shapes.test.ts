import { describe, expect, test } from 'vitest';
import { storyText } from '../../cli/explain.ts';
import { describe as describeRun } from '../../workflows/describe.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { stageForThisFile } from '../helpers/stage.ts';

/** The account that stands in for the Portuguese Page on Instagram, in the example's world. */
const STAND_IN = '17849000006';
const FRENCH_ACCOUNT = '17840000003';

describe.concurrent('a run of an ad on both networks', () => {
  const stage = stageForThisFile();

  function outcomes(end: { readonly surfaces: readonly { readonly surface: { kind: string }; readonly outcome: unknown }[] }) {
    return Object.fromEntries(end.surfaces.map(({ surface, outcome }) => [surface.kind, outcome]));
  }

  test('comments the post although the Instagram account is of another market, and is blocked there alone', async () => {
    const { ad, mediaId } = await stage().newAd({
      on: ['facebook', 'instagram'],
      creative: { instagram_user_id: FRENCH_ACCOUNT },
      media: { instagram_account_id: FRENCH_ACCOUNT },
    });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'blocked', marketId: 'de-DE', says: expect.stringMatching(/market-agrees/) });
    expect(outcomes(end)).toEqual({ 'facebook-post': 'visible', 'instagram-media': 'blocked' });
    await expectNoComment(stage(), mediaId);
  });

  test('comments the post and names the account that only stands in for the Page', async () => {
    const { ad, mediaId } = await stage().newAd({
      market: 'pt-PT',
      on: ['facebook', 'instagram'],
      creative: { instagram_user_id: STAND_IN },
      media: { instagram_account_id: STAND_IN },
    });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'not-commentable', says: expect.stringMatching(/stands in for Page 4000006/) });
    expect(outcomes(end)).toEqual({ 'facebook-post': 'visible', 'instagram-media': 'not-commentable' });
    await expectNoComment(stage(), mediaId);
  });

  test('comments the post although the media that is shown too is gone, and does not end as visible', async () => {
    const { ad, postId, mediaId } = await stage().newAd({ on: ['facebook', 'instagram'] });
    const missing = { fault: 'error', code: 100, subcode: 33, times: 99, match: { method: 'GET', objectId: mediaId } } as const;
    await stage().sandbox.fault(missing);
    const end = await stage().run(ad);
    const says = expect.stringContaining(`media ${mediaId} is gone`);
    expect(end).toMatchObject({ outcome: 'not-commentable', says });
    expect(outcomes(end)).toEqual({ 'facebook-post': 'visible', 'instagram-media': 'not-commentable' });
    await expectOneComment(stage(), postId, end.surfaces[0]?.text ?? null);
    const { runs, resolutions } = await stage().story(ad);
    expect(runs[0]?.surfaces).toMatchObject([{ outcome: 'visible' }, { surfaceId: mediaId, outcome: 'not-commentable', says }]);
    expect(resolutions.at(-1)?.unusable).toMatchObject([{ kind: 'instagram-media', delivers: true }]);
  });

  test('ends as visible where it is shown, and keeps why the other side is no surface of it', async () => {
    const targeting = { geo_locations: { countries: ['DE'] }, publisher_platforms: ['facebook'], facebook_positions: ['feed'] };
    const { ad, mediaId } = await stage().newAd({ on: ['facebook', 'instagram'], adSet: { targeting } });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'visible', unusable: [{ named: { surfaceId: mediaId } }] });
    expect(outcomes(end)).toEqual({ 'facebook-post': 'visible' });
    const line = `not a surface of this ad: Instagram media ${mediaId}: the ad is not shown on Instagram`;
    expect(storyText(await stage().story(ad))).toContain(line);
    expect(describeRun(end)).toContain(line);
    await expectNoComment(stage(), mediaId);
  });

  test('says of an ad in stories alone why it has no surface', async () => {
    const targeting = { geo_locations: { countries: ['DE'] }, publisher_platforms: ['facebook'], facebook_positions: ['story'] };
    const { ad, postId } = await stage().newAd({ adSet: { targeting } });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'not-commentable', surfaces: [], says: expect.stringMatching(/only facebook\/story/) });
    await expectNoComment(stage(), postId);
  });
});
