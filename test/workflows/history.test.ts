import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { createLogger, temporalLogger } from '../../worker/logger.ts';
import { BUNDLES, stageForThisFile } from '../helpers/stage.ts';

/** The first run of the file surveys the accounts, the others do not. */
const stage = stageForThisFile({ timing: { surveyEveryMs: 3_600_000 } });

const historyOf = (ad: AdRef) => stage().temporal.workflow.getHandle(workflowIdOf(ad)).fetchHistory();

function bundle(): Promise<WorkflowBundle> {
  return workflowBundle(BUNDLES, temporalLogger(createLogger({ level: 'fatal', secrets: [] })));
}

describe('the history of a run', () => {
  test('has at most 55 events for one surface', async () => {
    const { ad } = await stage().newAd();
    expect((await stage().run(ad)).outcome).toBe('visible');
    expect((await historyOf(ad)).events?.length).toBeLessThanOrEqual(55);
  });

  test('has at most 75 events for two surfaces', async () => {
    const { ad } = await stage().newAd({ market: 'en-GB', on: ['facebook', 'instagram'] });
    expect((await stage().run(ad)).outcome).toBe('visible');
    expect((await historyOf(ad)).events?.length).toBeLessThanOrEqual(75);
  });

  test('has no more events for a second side on which nothing can be written', async () => {
    const { ad, mediaId } = await stage().newAd({ on: ['facebook', 'instagram'] });
    const match = { method: 'GET', objectId: mediaId } as const;
    await stage().sandbox.fault({ fault: 'error', code: 100, subcode: 33, times: 99, match });
    expect((await stage().run(ad)).outcome).toBe('not-commentable');
    const history = await historyOf(ad);
    expect(history.events?.length).toBeLessThanOrEqual(55);
    await Worker.runReplayHistory({ workflowBundle: await bundle() }, history, workflowIdOf(ad));
  });

  test('replays without a difference, also after it was written as JSON and read again', async () => {
    const ads = [
      await stage().newAd(),
      await stage().newAd({ market: 'en-GB', on: ['facebook', 'instagram'] }),
      await stage().newAd({ post: { comments_enabled: false } }),
      await stage().newAd({ creative: { appears_after_seconds: 1 } }),
    ];
    const held = await stage().newAd({ market: 'it-IT', strangers: 1 });
    const unclear = await stage().newAd();
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: unclear.postId } });
    const throttled = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 32, match: { method: 'POST', objectId: throttled.postId } });
    const cancelled = await stage().newAd({ market: 'it-IT', strangers: 1 });

    const ends = [...ads, unclear].map(({ ad }) => stage().run(ad));
    for (const { ad } of [held, throttled, cancelled]) await stage().client.start(ad);
    await stage().waiting(held.ad, 'awaiting-approval');
    await stage().client.approve(held.ad, { by: 'Mara', why: 'fits' });
    await stage().waiting(throttled.ad, 'throttled');
    await stage().client.retry(throttled.ad);
    await stage().waiting(cancelled.ad, 'awaiting-approval');
    await stage().client.cancel(cancelled.ad);
    await Promise.all([...ends, ...[held, throttled, cancelled].map(({ ad }) => stage().client.result(ad))]);

    const code = await bundle();
    for (const { ad } of [...ads, held, unclear, throttled, cancelled]) {
      const history = await historyOf(ad);
      await Worker.runReplayHistory({ workflowBundle: code }, history, workflowIdOf(ad));
      const again = historyFromJSON(JSON.parse(historyToJSON(history)));
      await Worker.runReplayHistory({ workflowBundle: code }, again, workflowIdOf(ad));
    }
  });

  test('of before surveys and standing comments, where the run was told nothing of them, still replays', async () => {
    expect((await stage().run((await stage().newAd()).ad)).outcome).toBe('visible');
    const { ad } = await stage().newAd();
    await stage().run(ad);
    const history = historyToJSON(await historyOf(ad));
    const before = history.replaceAll(/"data":\s*"([\w+/=]+)"/g, (whole, base64: string) => {
      const text = Buffer.from(base64, 'base64').toString();
      const changed = text.replace(/,"surveyDueInMs":[\d.]+/, '').replace(/,"standing":null/, '');
      return changed === text ? whole : `"data": "${Buffer.from(changed).toString('base64')}"`;
    });
    expect(before).not.toBe(history);
    await Worker.runReplayHistory({ workflowBundle: await bundle() }, historyFromJSON(JSON.parse(before)), workflowIdOf(ad));
  });

  test('does not replay as another story', async () => {
    const { ad } = await stage().newAd();
    await stage().run(ad);
    const other = historyToJSON(await historyOf(ad)).replaceAll('"gatherFacts"', '"look"');
    const replay = Worker.runReplayHistory(
      { workflowBundle: await bundle() },
      historyFromJSON(JSON.parse(other)),
      workflowIdOf(ad),
    );
    await expect(replay).rejects.toThrow(/[Nn]on-?determinis/);
  });
});
