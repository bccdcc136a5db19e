import { expect, test } from 'vitest';
import { editAd } from '../../cli/start/edit-ad.ts';
import { AD, POST, running, smallWorld } from '../sandbox/small-world.ts';

const ad = { platform: 'meta', accountId: 'act_100200', adId: AD } as const;

async function withTwoCreatives() {
  const { creatives = [] } = smallWorld();
  const second = { id: '2382000002', account_id: 'act_100200', effective_object_story_id: '4000001_88' };
  return running(smallWorld({ creatives: [...creatives, second], posts: [{ id: POST }, { id: '4000001_88' }] }));
}

test('An edit gives the ad another creative, and is made once', async () => {
  const { sandbox, call } = await withTwoCreatives();
  expect(await editAd(sandbox.url, ad, '2382000002')).toBe(true);
  const shown = await call(`/v26.0/${AD}?fields=creative{effective_object_story_id}`);
  expect(shown.at('creative')).toEqual({ id: '2382000002', effective_object_story_id: '4000001_88' });
  expect(await editAd(sandbox.url, ad, '2382000002')).toBe(false);
});

test('An edit that the sandbox refuses says what it refused', async () => {
  const { sandbox } = await withTwoCreatives();
  await expect(editAd(sandbox.url, { ...ad, adId: '404' }, '2382000002')).rejects.toThrow('no object is called 404');
  await expect(editAd(sandbox.url, ad, 'a creative')).rejects.toThrow('creative_id');
});
