import { describe, expect, test } from 'vitest';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile();

describe('an ad with a thread', () => {
  test('gets one comment on its Facebook post, verified, with the ledger telling the whole story', async () => {
    const { ad, postId } = await stage().newAd();
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'visible', marketId: 'de-DE', patternId: 'next-step', stage: 'baseline', wait: null });
    const surface = onlySurface(end);
    expect(surface).toMatchObject({ outcome: 'visible', publishedNow: true, rank: { rank: 1, of: 1 } });

    const writes = await stage().sandbox.writes(postId);
    expect(writes).toMatchObject([{ action: 'created', text: surface.text, applicationId: '900100' }]);
    expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 1, everCreated: 1, hidden: 0 });

    const story = await stage().story(ad);
    expect(story.runs).toMatchObject([{ outcome: 'visible' }]);
    expect(story.claims).toMatchObject([{ state: 'ours', epoch: 1 }]);
    expect(story.attempts).toMatchObject([
      { n: 1, text: surface.text, result: { kind: 'accepted', commentId: surface.commentId } },
    ]);
    expect(story.attempts[0]?.records.map(({ by }) => by).sort()).toEqual(['activity', 'workflow']);
  });
});
