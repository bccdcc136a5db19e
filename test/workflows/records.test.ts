import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import type { Ledger } from '../../store/ledger.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile, TEST_TIMING } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

/** A self-wake so far away that only a wake-up by another run can end a wait. */
const NEVER_BY_ITSELF = { selfWakeMs: 3_600_000 };

describe('when the first record of an answer cannot be written', () => {
  const stage = stageForThisFile({
    ledger: (ledger) => ({
      ...ledger,
      recordResult: async (attemptId, result, by) => {
        if (by === 'activity') throw new Error('the database does not answer');
        return ledger.recordResult(attemptId, result, by);
      },
    }),
  });

  test('the second one suffices', async () => {
    const { ad, postId } = await stage().newAd();
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    const [attempt] = (await stage().story(ad)).attempts;
    expect(attempt?.records.map(({ by }) => by)).toEqual(['workflow']);
  });
});

describe('when the answer of the publish step is lost', () => {
  const stage = stageForThisFile({
    ledger: (ledger) => ({
      ...ledger,
      recordResult: async (attemptId, result, by) => {
        // As a process that stands still: the step's time runs out, and its record comes late.
        if (by === 'activity') await sleep(TEST_TIMING.publishTimeoutMs + 8_000);
        return ledger.recordResult(attemptId, result, by);
      },
    }),
  });

  test('the comment is found by settling, and the late record changes nothing', async () => {
    const { ad, postId } = await stage().newAd();
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    const attempts = await until('both records are there', async () => {
      const story = await stage().story(ad);
      return (story.attempts[0]?.records.length ?? 0) >= 2 && story.attempts;
    });
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.records.map(({ by }) => by).sort()).toEqual(['activity', 'settling']);
    expect((await stage().story(ad)).incidents).toEqual([]);
  });
});

describe('when the outcome of the gate’s commit is unknown', () => {
  const failed = new Set<string>();
  const stage = stageForThisFile({
    ledger: (ledger) => ({
      ...ledger,
      gate: async (request) => {
        const answer = await ledger.gate(request);
        if (failed.has(request.surface.surfaceId)) return answer;
        failed.add(request.surface.surfaceId);
        throw new Error('the connection broke while the gate committed');
      },
    }),
  });

  test('nothing is sent under it; the attempt is proven absent and the next one is sent', async () => {
    const { ad, postId } = await stage().newAd();
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect(await stage().sandbox.publishRequests()).toBe(1);
    expect((await stage().story(ad)).attempts).toMatchObject([
      { n: 1, result: { kind: 'absent' } },
      { n: 2, result: { kind: 'accepted' } },
    ]);
  });
});

describe('an owner that ends just before the other run notes that it waits', () => {
  let ownerEnded: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    ownerEnded = resolve;
  });
  const late = (ledger: Ledger): Ledger => ({
    ...ledger,
    park: async (waiting) => {
      if (waiting.reason === 'awaiting-claim') await ended;
      await ledger.park(waiting);
    },
    runEnded: async (end) => {
      await ledger.runEnded(end);
      ownerEnded();
    },
  });
  const stage = stageForThisFile({ ledger: late, timing: NEVER_BY_ITSELF });

  test('leaves nobody waiting', async () => {
    const first = await stage().newAd({ market: 'fr-FR' });
    const second = await stage().newAd({ market: 'fr-FR', samePostAs: first });
    await stage().sandbox.fault({ fault: 'delay', ms: 1_200, match: { method: 'POST', objectId: first.postId } });
    await stage().client.start(first.ad);
    await until('the first run has the claim', async () => (await stage().story(first.ad)).attempts.length > 0);
    expect((await stage().run(second.ad)).outcome).toBe('covered');
    expect((await stage().client.result(first.ad)).outcome).toBe('visible');
    await expectOneComment(stage(), first.postId, onlySurface(await stage().client.state(first.ad)).text);
    expect((await stage().story(second.ad)).waiting).toEqual([]);
  });
});

describe('runs that wait for a claim', () => {
  const stage = stageForThisFile({ timing: NEVER_BY_ITSELF });

  test('are woken when the owner has published', async () => {
    const first = await stage().newAd({ market: 'fr-FR' });
    const others = [
      await stage().newAd({ market: 'fr-FR', samePostAs: first }),
      await stage().newAd({ market: 'fr-FR', samePostAs: first }),
      await stage().newAd({ market: 'fr-FR', samePostAs: first }),
    ];
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: first.postId } });
    await stage().client.start(first.ad);
    await stage().waiting(first.ad, 'settling');
    for (const { ad } of others) await stage().client.start(ad);
    for (const { ad } of others) await stage().waiting(ad, 'awaiting-claim');
    const ends = await Promise.all([first, ...others].map(({ ad }) => stage().client.result(ad)));
    expect(ends.map(({ outcome }) => outcome)).toEqual(['visible', 'covered', 'covered', 'covered']);
    await expectOneComment(stage(), first.postId, ends[0]?.surfaces[0]?.text ?? null);
  });

  test('go on one after the other when the owner ends without a comment', async () => {
    const first = await stage().newAd({ market: 'fr-FR' });
    const second = await stage().newAd({ market: 'fr-FR', samePostAs: first });
    const match = { method: 'POST', objectId: first.postId };
    await stage().sandbox.fault({ fault: 'error', code: 100, match });
    await stage().sandbox.fault({ fault: 'delay', ms: 10, match });
    await stage().client.start(first.ad);
    await stage().client.start(second.ad);
    const ends = await Promise.all([first, second].map(({ ad }) => stage().client.result(ad)));
    expect(ends.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'visible']);
    await expectOneComment(stage(), first.postId, ends[0]?.surfaces[0]?.text ?? null);
  });
});

describe('an order of an operator to withdraw', () => {
  const stage = stageForThisFile();

  test.for(['surface', 'market'] as const)('keeps anything from being published that it covers (%s)', async (scope) => {
    const { ad, postId } = await stage().newAd({ market: 'pt-PT' });
    const criteria = scope === 'surface' ? { surfaceId: postId } : { marketId: 'pt-PT' };
    await stage().ledger.orderWithdrawal({ criteria, by: 'Legal', why: 'recall' });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'withdrawn', says: expect.stringContaining('recall') });
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).attempts).toEqual([]);
  });
});

describe('a run that is reset to its beginning', () => {
  const stage = stageForThisFile();

  test('meets the ledger and publishes nothing', async () => {
    const { ad, postId } = await stage().newAd();
    const first = onlySurface(await stage().run(ad));
    const { temporal, namespace } = stage();
    const { runId } = await temporal.workflow.getHandle(workflowIdOf(ad)).describe();
    await temporal.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId: workflowIdOf(ad), runId },
      workflowTaskFinishEventId: 4 as unknown as never,
      reason: 'a test',
      requestId: `reset-${runId}`,
    });
    const end = await stage().client.result(ad);
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId: first.commentId, publishedNow: false });
    await expectOneComment(stage(), postId, first.text);
    expect((await stage().story(ad)).attempts).toHaveLength(1);
  });
});
