import { expect, test } from 'vitest';
import { expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile();
const GONE = 400;

test('a run on whose surface hundreds wait ends all the same, also when most of them are gone', async () => {
  const { ad, postId } = await stage().newAd();
  await stage().rows(
    `insert into waiting (workflow_id, run_id, reason, key)
     select 'first-comment/meta/act_100200/gone-' || number, 'gone', 'awaiting-claim', $1 from generate_series(1, ${GONE}) as number`,
    [postId],
  );
  const end = await stage().run(ad);
  expect(end.outcome).toBe('visible');
  await expectOneComment(stage(), postId, onlySurface(end).text);
});

test('many ads on one post are all told: one publishes, the others are covered', async () => {
  const first = await stage().newAd({ market: 'fr-FR' });
  const others = await Promise.all(Array.from({ length: 24 }, () => stage().newAd({ market: 'fr-FR', samePostAs: first })));
  await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: first.postId } });
  await stage().client.start(first.ad);
  await stage().waiting(first.ad, 'settling');
  for (const { ad } of others) await stage().client.start(ad);
  const ends = await Promise.all([first, ...others].map(({ ad }) => stage().client.result(ad)));
  expect(ends.map(({ outcome }) => outcome)).toEqual(['visible', ...others.map(() => 'covered')]);
  await expectOneComment(stage(), first.postId, onlySurface(ends[0] ?? ({} as never)).text);
});
