import { describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { expectNoComment } from '../helpers/expectations.ts';
import { openStage, type Stage, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

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
      "select count(*)::int as accounts, sum(pages)::int as pages from surveys where scope = 'whole'",
    );
    expect(survey?.accounts).toBe(stage().brand.accounts.length);
    expect(await stage().sandbox.requests(LISTINGS)).toBe(survey?.pages);
    const [order] = await stage().rows<{ surveyed_first: boolean }>(
      "select max(finished_at) < (select min(gate_at) from attempts) as surveyed_first from surveys where scope = 'whole'",
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

/** The platform said "not now" for a minute at least; as if it had passed. */
const opens = (stage: Stage) => stage.rows('update surveys set closed_until = clock_timestamp()');

describe('a survey', () => {
  const stage: () => Stage = stageForThisFile({ timing: { surveyEveryMs: 1, selfWakeMs: 2_000 } });

  test('says which accounts it lists while it does', async () => {
    const { ad } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'delay', ms: 2_000, match: { endpoint: LISTINGS } });
    await stage().client.start(ad);
    const state = await until('the run lists', async () => {
      const now = await stage().client.state(ad);
      return now.says.startsWith('listing') && now;
    });
    expect(state.says).toBe('listing the ads of act_100200, act_100300 so that shared posts are known');
    const end = await stage().client.result(ad);
    expect(end).toMatchObject({ outcome: 'visible', says: expect.not.stringContaining('listing') });
  });

  test('that the platform throttles parks the run until it opens; a retry before asks the platform nothing', async () => {
    const { ad } = await stage().newAd();
    const accounts = stage().brand.accounts.length;
    await stage().sandbox.fault({ fault: 'error', code: 80004, times: accounts, match: { endpoint: LISTINGS } });
    await stage().client.start(ad);
    const parked = await stage().waiting(ad, 'throttled');
    const asked = await stage().sandbox.requests(LISTINGS);
    await stage().client.retry(ad);
    await until('it waits anew', async () => {
      const { wait } = await stage().client.state(ad);
      return wait?.reason === 'throttled' && wait.until !== parked.wait?.until;
    });
    expect(await stage().sandbox.requests(LISTINGS)).toBe(asked);
    await opens(stage());
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

  test('that the platform refuses parks the run with the mend, publishes nothing, and goes on once it succeeds', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 200, times: 2, match: { path: '^act_100300/ads$' } });
    await stage().client.start(ad);
    const parked = await stage().waiting(ad, 'awaiting-credentials');
    const mend = expect.stringMatching(/act_100300.*Assign the account to the system user, or take it out of brand\.yaml/s);
    expect(parked).toMatchObject({ outcome: null, wait: { key: 'act_100300', needsHuman: true, says: mend } });
    await expectNoComment(stage(), postId);
    await stage().client.retry(ad);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
  });
});

describe('a survey that comes to no end in its time', () => {
  const stage: () => Stage = stageForThisFile({ timing: { surveyEveryMs: 1, surveyPatienceMs: 4_000 } });

  test('asks for a person, publishes nothing, and goes on when the platform is well again', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 2, times: 1_000, match: { endpoint: LISTINGS } });
    await stage().client.start(ad);
    const parked = await stage().waiting(ad, 'awaiting-credentials');
    expect(parked.wait).toMatchObject({ needsHuman: true, says: expect.stringContaining('came to no end') });
    await expectNoComment(stage(), postId);
    await stage().sandbox.clearFaults();
    await stage().client.retry(ad);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
  });
});

describe('all ads of an account', () => {
  const stage: () => Stage = stageForThisFile({ timing: { surveyEveryMs: 1, surveyWholeEveryMs: 1 } });

  test('are listed again beside the runs, which do not wait for it', async () => {
    const [first, second] = [await stage().newAd(), await stage().newAd()];
    expect((await stage().run(first.ad)).outcome).toBe('visible');
    await stage().sandbox.fault({ fault: 'delay', ms: 1_000, times: 1, match: { endpoint: LISTINGS } });
    expect((await stage().run(second.ad)).outcome).toBe('visible');
    const { events } = await stage().temporal.workflow.getHandle(workflowIdOf(second.ad)).fetchHistory();
    const names = (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
    expect(names).toContain('surveyBeside');
    expect(names.indexOf('gatherFacts')).toBeGreaterThan(names.indexOf('survey'));
  });
});

describe('the first survey', () => {
  const stage: () => Stage = stageForThisFile({ timing: { surveyEveryMs: 1 } });

  test('goes on through a platform in trouble and empty pages, without a longer history', async () => {
    const { ad } = await stage().newAd();
    await stage().sandbox.patch('act_100200', { empty_pages: 2, empty_pages_at: 'start' });
    await stage().sandbox.fault({ fault: 'html-502', match: { endpoint: LISTINGS } });
    expect((await stage().run(ad)).outcome).toBe('visible');
    const [survey] = await stage().rows<{ pages: number; page_size: number }>(
      "select pages, page_size from surveys where account_id = 'act_100200' and scope = 'whole'",
    );
    // Two empty ones, then those of an account that is asked for fewer ads at once after the trouble.
    expect(survey?.pages).toBeGreaterThanOrEqual(3);
    expect(survey?.page_size).toBeLessThan(50);
  });
});
