import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, expect, test } from 'vitest';
import type { Surveyed } from '../../activities/contract.ts';
import type { Dependencies } from '../../activities/dependencies.ts';
import { survey } from '../../activities/survey.ts';
import { DEFAULT_TIMING } from '../../domain/timing.ts';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import { type AdPage, type PlatformAdapter, PlatformError } from '../../platforms/platform.ts';
import { exampleBrand } from '../helpers/stage.ts';
import { ledgerForThisFile } from '../store/ledger-for-file.ts';
import { newAd, snapshotOf } from '../store/scene.ts';

const { ledger, rows } = ledgerForThisFile();

let accountId: string;
let count = 0;
beforeEach(() => {
  count += 1;
  accountId = `act_6000${count}`;
});

type Asked = Parameters<PlatformAdapter['listAds']>[0];

/** Surveys an account whose pages come from here; answers what was asked for, page by page. */
async function surveyWith(pageFor: (asked: Asked, call: number) => AdPage): Promise<{ asked: Asked[]; end: Surveyed | Error }> {
  const asked: Asked[] = [];
  const secrets = () => ({ appSecret: 'no-secret-is-needed', systemUserToken: 'no-token-is-needed' });
  const address = { baseUrl: 'http://127.0.0.1:9', graphVersion: 'v26.0', appId: '900100', sendAdIdOnInstagram: false };
  async function listAds(request: Asked): Promise<AdPage> {
    asked.push(request);
    return pageFor(request, asked.length);
  }
  const accounts = [{ platform: 'meta', accountId, name: 'Test' }] as const;
  const dependencies: Dependencies = {
    brand: exampleBrand((brand) => ({ ...brand, accounts })),
    profile: 'sandbox',
    timing: DEFAULT_TIMING,
    ledger: ledger(),
    platforms: { meta: { ...createMetaAdapter({ ...address, secrets }), listAds } },
    runs: { wake: async () => undefined, isOpen: async () => true },
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
  expect(await ledger().otherAdsOn(surface, newAd().ad)).toMatchObject([{ ad, marketId: 'de-DE' }]);

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
  await rows('update surveys set pages = 2000 where account_id = $1', [accountId]);
  const endless = await surveyWith(() => EMPTY);
  expect(endless).toMatchObject({ asked: [], end: { type: 'RefusedByPlatform', message: expect.stringContaining('no end') } });
});

test('waits while another worker is at it', async () => {
  const pace = { everyMs: 900_000, wholeEveryMs: 1e7, skewMs: 60_000, leaseMs: 60_000 };
  const turn = await ledger().takeSurvey({ platform: 'meta', accountId }, pace);
  expect(turn.kind).toBe('yours');
  expect(await surveyWith(() => EMPTY)).toMatchObject({ asked: [], end: { type: 'NotYet', nextRetryDelay: 500 } });
});

test('keeps the surface of a row that does not fit, as one whose market nobody knows', async () => {
  const { ad, surface } = newAd();
  const misfit = { ad, snapshot: null, state: null, names: [surface], complete: false, misfit: 'name (string expected)' };
  await surveyWith(() => ({ ...EMPTY, ads: [misfit], unreadable: ['id (string expected)'] }));
  expect(await ledger().otherAdsOn(surface, newAd().ad)).toMatchObject([{ ad, marketId: null, marketState: 'unclear' }]);
  expect(await rows('select misfits, unreadable from surveys where account_id = $1', [accountId])).toEqual([
    { misfits: 1, unreadable: 1 },
  ]);
});
