import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CUT_PLACES, type CutPlace, type CutProxy, openCutProxy } from '../../bench/chaos/cut-proxy.ts';
import type { Ledger } from '../../store/ledger.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

/** A worker of its own reaches the sandbox through a proxy that cuts connections. */
const stage = stageForThisFile({ worker: false });
let proxy: CutProxy;

beforeAll(async () => {
  proxy = await openCutProxy({ target: stage().sandbox.url });
  await stage().startWorker({ platformUrl: proxy.url });
});

afterAll(() => proxy.close());

/** From the body's end on the platform has the whole request and acts on it. */
const ARRIVES: readonly CutPlace[] = ['after-request-body', 'mid-answer', 'after-answer'];

const publishTo = (objectId: string) => ({ method: 'POST', path: new RegExp(`/${objectId}/comments$`) });

function cutsOn(objectId: string): readonly CutPlace[] {
  return proxy.hits.filter(({ method, path }) => method === 'POST' && path.includes(objectId)).map(({ place }) => place);
}

describe.concurrent('a publish request whose connection is cut', () => {
  test.for(CUT_PLACES)('%s leaves one comment on a Facebook post', async (place) => {
    const { ad, postId } = await stage().newAd({ strangers: 1 });
    proxy.arm({ place, match: publishTo(postId) });
    const end = await stage().run(ad);
    expect(cutsOn(postId)).toEqual([place]);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    const results = (await stage().story(ad)).attempts.map(({ result }) => result?.kind);
    const whole = place === 'after-answer' ? ['accepted'] : ['found'];
    expect(results).toEqual(ARRIVES.includes(place) ? whole : ['absent', 'accepted']);
  });

  test.for(CUT_PLACES)('%s leaves one comment on an Instagram media, or says that nobody can know', async (place) => {
    const { ad, mediaId } = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
    proxy.arm({ place, match: publishTo(mediaId) });
    const end = await stage().run(ad);
    expect(cutsOn(mediaId)).toEqual([place]);
    if (ARRIVES.includes(place)) {
      expect(end.outcome).toBe('visible');
      await expectOneComment(stage(), mediaId, onlySurface(end).text);
    } else {
      expect(end).toMatchObject({ outcome: 'unconfirmed', says: expect.stringContaining('first-comment settle') });
      await expectNoComment(stage(), mediaId);
    }
  });

  test.for(CUT_PLACES)('%s and then hangs is given up at the deadline and settled like any other', async (place) => {
    const { ad, postId } = await stage().newAd();
    proxy.arm({ place, kind: 'hang', match: publishTo(postId) });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });
});

describe.concurrent('a reading whose connection is cut', () => {
  test.for(CUT_PLACES)('%s is read again, and the run ends as if nothing had been', async (place) => {
    const { ad, postId } = await stage().newAd();
    const reads = { method: 'GET', path: new RegExp(`/${postId}(/comments)?$`) };
    proxy.arm({ place, match: reads, times: 2 });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });
});

describe('a platform that nobody listens for when the gate has opened', () => {
  let gates = 0;
  const stage = stageForThisFile({ worker: false });
  let proxy: CutProxy;

  /** Nobody listens from the first gate until its result is kept. */
  const around = (ledger: Ledger): Ledger => ({
    ...ledger,
    gate: async (request) => {
      const answer = await ledger.gate(request);
      gates += 1;
      if (gates === 1) await proxy.refuse();
      return answer;
    },
    recordResult: async (...said) => {
      const recorded = await ledger.recordResult(...said);
      if (gates === 1 && said[2] === 'activity') await proxy.listen();
      return recorded;
    },
  });

  beforeAll(async () => {
    proxy = await openCutProxy({ target: stage().sandbox.url });
    await stage().startWorker({ platformUrl: proxy.url, ledger: around });
  });
  afterAll(() => proxy.close());

  test('gets no byte: the attempt says so, counts for nothing, and the next one is sent', async () => {
    const { ad, postId } = await stage().newAd();
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).attempts.map(({ result }) => result?.kind)).toEqual(['not-sent', 'accepted']);
    expect(await stage().sandbox.publishRequests()).toBe(1);
  });
});
