import { describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { expectNoComment } from '../helpers/expectations.ts';
import { openStage, type Stage, stageForThisFile } from '../helpers/stage.ts';

const LISTINGS = 'GET /{account}/ads';
const HOUR = 3_600_000;

describe('the survey of the accounts', () => {
  const stage = stageForThisFile({ timing: { surveyEveryMs: HOUR } });

  async function scheduled(ad: AdRef): Promise<readonly string[]> {
    const { events } = await stage().temporal.workflow.getHandle(workflowIdOf(ad)).fetchHistory();
    return (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
  }

  test('is made once by two workers with many runs at the same moment, and nobody publishes before it is complete', async () => {
    const beside = await openStage({ beside: stage(), timing: { surveyEveryMs: HOUR } });
    try {
      const ads = await Promise.all(Array.from({ length: 6 }, () => stage().newAd()));
      await stage().sandbox.fault({ fault: 'delay', ms: 1_500, match: { endpoint: LISTINGS } });
      const ends = await Promise.all(ads.map(({ ad }, index) => (index % 2 === 0 ? stage() : beside).run(ad)));
      expect(ends.map(({ outcome }) => outcome)).toEqual(ads.map(() => 'visible'));
    } finally {
      await beside.close();
    }
    const [survey] = await stage().rows<{ accounts: number; pages: number }>(
      'select count(*)::int as accounts, sum(pages)::int as pages from surveys',
    );
    expect(survey?.accounts).toBe(stage().brand.accounts.length);
    expect(await stage().sandbox.requests(LISTINGS)).toBe(survey?.pages);
    const [order] = await stage().rows<{ surveyed_first: boolean }>(
      'select max(finished_at) < (select min(gate_at) from attempts) as surveyed_first from surveys',
    );
    expect(order).toEqual({ surveyed_first: true });
  });

  test('leaves no event in a run that begins while it is fresh', async () => {
    const listings = await stage().sandbox.requests(LISTINGS);
    const { ad } = await stage().newAd();
    expect((await stage().run(ad)).outcome).toBe('visible');
    expect(await scheduled(ad)).not.toContain('survey');
    expect(await stage().sandbox.requests(LISTINGS)).toBe(listings);
  });
});

describe('a survey', () => {
  const stage: () => Stage = stageForThisFile({ timing: { surveyEveryMs: 1 } });

  test('that the platform throttles parks the run until it opens', async () => {
    const { ad } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 80004, match: { endpoint: LISTINGS } });
    await stage().client.start(ad);
    await stage().waiting(ad, 'throttled');
    await stage().client.retry(ad);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
  });

  test('with a dead token parks the run until the token works again', async () => {
    const { ad } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 190, subcode: 463, match: { endpoint: LISTINGS } });
    await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-credentials');
    await stage().client.retry(ad);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
  });

  test('that the platform refuses ends the run as refused, with the mend, and nothing is published', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 200, match: { path: '^act_100300/ads$' } });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'refused', says: expect.stringMatching(/act_100300.*missing permission/s) });
    await expectNoComment(stage(), postId);
    expect((await stage().run(ad)).outcome).toBe('visible');
  });

  test('goes on through a platform in trouble and empty pages, without a longer history', async () => {
    const { ad } = await stage().newAd();
    await stage().sandbox.patch('act_100200', { empty_pages: 2, empty_pages_at: 'start' });
    await stage().sandbox.fault({ fault: 'html-502', match: { endpoint: LISTINGS } });
    expect((await stage().run(ad)).outcome).toBe('visible');
    const [survey] = await stage().rows<{ pages: number }>("select pages from surveys where account_id = 'act_100200'");
    expect(survey?.pages).toBe(3);
  });
});
