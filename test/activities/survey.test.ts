import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, expect, test } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import type { Surveyed } from '../../activities/run-contract.ts';
import { survey } from '../../activities/survey.ts';
import { marketDigest } from '../../domain/market-digest.ts';
import { DEFAULT_TIMING } from '../../domain/timing.ts';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import { type AdPage, type PlatformAdapter, PlatformError } from '../../platforms/platform.ts';
import { exampleBrand } from '../helpers/stage.ts';
import { ledgerForThisFile } from '../store/ledger-for-file.ts';
import { newAd, snapshotOf } from '../store/scene.ts';

const { ledger, rows } = ledgerForThisFile();

const DIGEST = marketDigest(exampleBrand());

let accountId: string;
let count = 0;
beforeEach(() => {
  count += 1;
  accountId = `act_6000${count}`;
});

type Asked = Parameters<PlatformAdapter['listAds']>[0];

/** Surveys an account whose pages come from here; answers what was asked for, page by page. */
async function surveyWith(
  pageFor: (asked: Asked, call: number, account: string) => AdPage,
  more: readonly string[] = [],
): Promise<{ asked: Asked[]; end: Surveyed | Error }> {
  const asked: Asked[] = [];
  const secrets = () => ({ appSecret: 'no-secret-is-needed', systemUserToken: 'no-token-is-needed' });
  const address = { baseUrl: 'http://127.0.0.1:9', graphVersion: 'v26.0', appId: '900100', sendAdIdOnInstagram: false };
  async function listAds(request: Asked, context: { readonly accountId: string }): Promise<AdPage> {
    asked.push(request);
    return pageFor(request, asked.length, context.accountId);
  }
  const accounts = [accountId, ...more].map((each) => ({ platform: 'meta', accountId: each, name: 'Test' }) as const);
  const dependencies: Dependencies = {
    brand: exampleBrand((brand) => ({ ...brand, accounts })),
    profile: 'sandbox',
    timing: DEFAULT_TIMING,
    ledger: ledger(),
    platforms: { meta: { ...createMetaAdapter({ ...address, secrets }), listAds } },
    runs: { wake: async () => true, wakeAll: async () => [], isOpen: async () => true },
    cluster: 'local',
    namespace: 'default',
  };
  const run = new MockActivityEnvironment().run<Parameters<typeof survey>, Surveyed, typeof survey>(survey, dependencies);
  return { asked, end: await run.catch((error: Error) => error) };
}

const EMPTY: AdPage = { ads: [], unreadable: [], next: null };

function refused(): never {
  throw new PlatformError({ kind: 'invalid', platform: 'meta', message: 'the cursor is too old', code: '100' });
}

function cursors(asked: readonly Asked[]): readonly (string | null)[] {
  return asked.map(({ after }) => after);
}

test('walks through empty pages to the end, and asks again only when the time is over', async () => {
  const first = await surveyWith(({ after }) => ({ ...EMPTY, next: after === null ? 'two' : after === 'two' ? 'three' : null }));
  expect(cursors(first.asked)).toEqual([null, 'two', 'three']);
  expect(first.end).toMatchObject({ dueInMs: expect.any(Number) });
  expect(await surveyWith(() => EMPTY)).toMatchObject({ asked: [], end: { dueInMs: expect.any(Number) } });
});

test('goes on at the page where it failed, and begins anew once when that page is refused', async () => {
  const { ad, surface } = newAd();
  const listed = { ad, snapshot: snapshotOf(ad), state: 'active', names: [surface], complete: true, misfit: null } as const;
  const failing = await surveyWith(({ after }) => {
    if (after === null) return { ...EMPTY, ads: [listed], next: 'two' };
    throw new PlatformError({ kind: 'throttled', platform: 'meta', message: 'not now', retryAfterMs: 60_000 });
  });
  expect(failing.end).toMatchObject({ type: 'Throttled', details: [{ retryAfterMs: 60_000 }] });
  expect(await ledger().otherAdsOn(surface, newAd().ad, DIGEST)).toMatchObject([{ ad, marketId: 'de-DE' }]);

  await rows('update surveys set closed_until = null where account_id = $1', [accountId]);
  const again = await surveyWith(({ after }, call) =>
    call === 1 ? refused() : { ...EMPTY, next: after === null ? 'new' : null },
  );
  expect(cursors(again.asked)).toEqual(['two', null, 'new']);
  expect(again.end).toMatchObject({ dueInMs: expect.any(Number) });
});

test('ends as refused when the cursor of a fresh listing is refused, instead of going in circles', async () => {
  const circle = await surveyWith(({ after }) => (after === null ? { ...EMPTY, next: 'two' } : refused()));
  expect(cursors(circle.asked)).toEqual([null, 'two', null, 'two']);
  expect(circle.end).toMatchObject({ type: 'RefusedByPlatform', message: 'the cursor is too old' });
  expect(circle.end).toMatchObject({ details: [{ accountId }] });
  expect(cursors((await surveyWith(() => EMPTY)).asked)).toEqual([null]);
});

test('does not go in circles after a page that leads to itself, and begins anew the next time', async () => {
  const endless = await surveyWith(() => ({ ...EMPTY, next: 'two' }));
  expect(cursors(endless.asked)).toEqual([null, 'two']);
  expect(endless.end).toMatchObject({ type: 'RefusedByPlatform', message: expect.stringContaining('the same pages again') });
  expect(cursors((await surveyWith(() => EMPTY)).asked)).toEqual([null]);
});

test('a long listing in small pages comes to its end, whatever number of pages that takes', async () => {
  await surveyWith(() => {
    throw new PlatformError({ kind: 'transient', platform: 'meta', message: 'reduce the amount of data' });
  });
  await rows('update surveys set pages = 5000, page_size = 5 where account_id = $1', [accountId]);
  const { asked, end } = await surveyWith((_, call) => ({ ...EMPTY, next: call < 40 ? `page-${call}` : null }));
  expect(asked.slice(0, 3).map(({ limit }) => limit)).toEqual([5, 10, 15]);
  expect(end).toMatchObject({ dueInMs: expect.any(Number) });
});

test('a page that is too much is asked for in halves, until it fits', async () => {
  const tooMuch = async () =>
    surveyWith(({ limit }) => {
      if (limit > 15) throw new PlatformError({ kind: 'transient', platform: 'meta', message: 'reduce the amount of data' });
      return EMPTY;
    });
  const tries = [await tooMuch(), await tooMuch(), await tooMuch()];
  expect(tries.map(({ asked }) => asked.map(({ limit }) => limit))).toEqual([[50], [25], [12]]);
  expect(tries.map(({ end }) => end instanceof Error)).toEqual([true, true, false]);
});

test('while the platform keeps a listing closed, others are told the same without another call', async () => {
  const closed = () => {
    throw new PlatformError({ kind: 'throttled', platform: 'meta', message: 'not now', retryAfterMs: 3_600_000 });
  };
  expect((await surveyWith(closed)).asked).toHaveLength(1);
  const others = await Promise.all(Array.from({ length: 25 }, () => surveyWith(closed)));
  expect(others.flatMap(({ asked }) => asked)).toEqual([]);
  const waits = others.map(({ end }) => (end as unknown as { details: [{ retryAfterMs: number }] }).details[0].retryAfterMs);
  expect(Math.min(...waits)).toBeGreaterThan(3_500_000);
  expect(new Set(waits).size).toBeGreaterThan(20);
});

test('an answer that does not fit is asked for again some times, then it is a refusal', async () => {
  const odd = () => {
    throw new PlatformError({ kind: 'schema', platform: 'meta', message: 'a page of a proxy' });
  };
  const ends = [];
  for (let again = 0; again < 6; again += 1) ends.push((await surveyWith(odd)).end);
  expect(ends.map((end) => (end as { type?: string }).type)).toEqual([
    ...Array(4).fill('schema'),
    ...Array(2).fill('RefusedByPlatform'),
  ]);
  expect((await surveyWith(() => EMPTY)).end).toMatchObject({ dueInMs: expect.any(Number) });
});

test('one account that is refused does not keep the others from being listed', async () => {
  const more = [`${accountId}1`, `${accountId}2`];
  const asked: string[] = [];
  const { end } = await surveyWith((_request, _call, account) => {
    asked.push(account);
    if (account === accountId)
      throw new PlatformError({ kind: 'permission', platform: 'meta', message: `no permission for ${account}` });
    return EMPTY;
  }, more);
  expect(asked).toEqual([accountId, ...more]);
  expect(end).toMatchObject({ type: 'RefusedByPlatform', details: [{ accountId }] });
});

test('waits while another worker is at it, and says how far that one is', async () => {
  const pace = { everyMs: 900_000, wholeEveryMs: 1e7, skewMs: 60_000, leaseMs: 60_000 };
  const turn = await ledger().takeSurvey({ platform: 'meta', accountId, marketDigest: DIGEST }, 'due', pace);
  expect(turn.kind).toBe('yours');
  const says = expect.stringContaining(`the ads of ${accountId} (0 so far, on 0 pages)`);
  expect(await surveyWith(() => EMPTY)).toMatchObject({ asked: [], end: { type: 'NotYet', nextRetryDelay: 500, message: says } });
  await rows("update surveys set began_at = began_at - interval '20 seconds' where account_id = $1", [accountId]);
  const { end } = await surveyWith(() => EMPTY);
  expect((end as unknown as { nextRetryDelay: number }).nextRetryDelay).toBeGreaterThanOrEqual(5_000);
});

test('keeps the surface of a row that does not fit, as one whose market nobody knows', async () => {
  const { ad, surface } = newAd();
  const misfit = { ad, snapshot: null, state: null, names: [surface], complete: false, misfit: 'name (string expected)' };
  await surveyWith(() => ({ ...EMPTY, ads: [misfit], unreadable: ['id (string expected)'] }));
  expect(await ledger().otherAdsOn(surface, newAd().ad, DIGEST)).toMatchObject([{ ad, marketId: null, marketState: 'unclear' }]);
  expect(await rows("select misfits, unreadable from surveys where account_id = $1 and scope = 'whole'", [accountId])).toEqual([
    { misfits: 1, unreadable: 1 },
  ]);
});
