import { describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { expectNoComment } from '../helpers/expectations.ts';
import { openStage, type Stage } from '../helpers/stage.ts';

/** Which listings a run caused, and what it waited for, are the same for every run of a world: each test has its own. */
async function inOwnWorld(use: (stage: Stage) => Promise<void>, wish: Parameters<typeof openStage>[0] = {}): Promise<void> {
  const stage = await openStage(wish);
  try {
    await use(stage);
  } finally {
    await stage.close();
  }
}

const LISTINGS = 'GET /{account}/ads';
const ACCOUNTS = 2;

async function scheduled(stage: Stage, ad: AdRef): Promise<readonly string[]> {
  const { events } = await stage.temporal.workflow.getHandle(workflowIdOf(ad)).fetchHistory();
  return (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
}

describe.concurrent('a survey', () => {
  test('is made once by the first run, of all accounts; a run after it has no event more for it', async () => {
    await inOwnWorld(
      async (stage) => {
        const [first, second] = [await stage.newAd(), await stage.newAd()];
        expect((await stage.run(first.ad)).outcome).toBe('visible');
        const listings = await stage.sandbox.requests(LISTINGS);
        expect(listings).toBeGreaterThanOrEqual(ACCOUNTS);
        expect(await scheduled(stage, first.ad)).toContain('survey');
        expect((await stage.run(second.ad)).outcome).toBe('visible');
        expect(await scheduled(stage, second.ad)).not.toContain('survey');
        expect(await stage.sandbox.requests(LISTINGS)).toBe(listings);
      },
      { timing: { surveyEveryMs: 3_600_000 } },
    );
  });

  test('is made once by two workers with many runs at the same moment, and nobody publishes before it is complete', async () => {
    await inOwnWorld(
      async (stage) => {
        const beside = await openStage({ beside: stage, timing: { surveyEveryMs: 3_600_000 } });
        try {
          const ads = await Promise.all(Array.from({ length: 6 }, () => stage.newAd()));
          await stage.sandbox.fault({ fault: 'delay', ms: 1_500, match: { endpoint: LISTINGS } });
          const ends = await Promise.all(ads.map(({ ad }, index) => (index % 2 === 0 ? stage : beside).run(ad)));
          expect(ends.map(({ outcome }) => outcome)).toEqual(ads.map(() => 'visible'));
        } finally {
          await beside.close();
        }
        const [survey] = await stage.rows<{ pages: number }>('select sum(pages)::int as pages from surveys');
        expect(await stage.sandbox.requests(LISTINGS)).toBe(survey?.pages);
        const [order] = await stage.rows<{ surveyed_first: boolean }>(
          'select max(finished_at) < (select min(gate_at) from attempts) as surveyed_first from surveys',
        );
        expect(order).toEqual({ surveyed_first: true });
      },
      { timing: { surveyEveryMs: 3_600_000 } },
    );
  });

  test('that the platform throttles parks the run until it opens; then it goes on where it stopped', async () => {
    await inOwnWorld(async (stage) => {
      const { ad } = await stage.newAd();
      await stage.sandbox.fault({ fault: 'error', code: 80004, match: { endpoint: LISTINGS } });
      await stage.client.start(ad);
      await stage.waiting(ad, 'throttled');
      await stage.client.retry(ad);
      expect((await stage.client.result(ad)).outcome).toBe('visible');
    });
  });

  test('with a dead token parks the run until the token works again', async () => {
    await inOwnWorld(async (stage) => {
      const { ad } = await stage.newAd();
      await stage.sandbox.fault({ fault: 'error', code: 190, subcode: 463, match: { endpoint: LISTINGS } });
      await stage.client.start(ad);
      await stage.waiting(ad, 'awaiting-credentials');
      await stage.client.retry(ad);
      expect((await stage.client.result(ad)).outcome).toBe('visible');
    });
  });

  test('that the platform refuses ends the run as refused, with the mend, and nothing is published', async () => {
    await inOwnWorld(async (stage) => {
      const { ad, postId } = await stage.newAd();
      await stage.sandbox.fault({ fault: 'error', code: 200, match: { objectId: 'act_100300' }, times: 9 });
      const end = await stage.run(ad);
      expect(end).toMatchObject({ outcome: 'refused', says: expect.stringMatching(/act_100300.*missing permission/s) });
      await expectNoComment(stage, postId);
    });
  });

  test('whose worker fails in the midst is gone on with by a retry', async () => {
    await inOwnWorld(async (stage) => {
      const { ad } = await stage.newAd();
      await stage.sandbox.fault({ fault: 'html-502', match: { endpoint: LISTINGS } });
      await stage.sandbox.patch('act_100200', { empty_pages: 2, empty_pages_at: 'start' });
      expect((await stage.run(ad)).outcome).toBe('visible');
      const [survey] = await stage.rows<{ pages: number }>("select pages from surveys where account_id = 'act_100200'");
      expect(survey?.pages).toBeGreaterThanOrEqual(3);
    });
  });
});
