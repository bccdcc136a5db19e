import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { createLogger, temporalLogger } from '../../worker/logger.ts';
import { BUNDLES, onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';
import { landLate, makeLooksDue } from './scene.ts';

const stage = stageForThisFile({ timing: { looksMs: [3_600_000], selfWakeMs: 600_000 } });

/** Of the newest execution with this id, or of the newest sweep. */
async function historyOf(workflowId: string) {
  return stage().temporal.workflow.getHandle(workflowId).fetchHistory();
}

async function sweepIds(): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of stage().temporal.workflow.list({ query: "WorkflowType = 'sweep'" })) ids.push(workflowId);
  return ids;
}

async function sweptNow(): Promise<string> {
  const before = await sweepIds();
  await stage().runSweep();
  return until('the sweep is listed', async () => (await sweepIds()).find((id) => !before.includes(id)));
}

test('a sweep without anything to do has at most 10 events', async () => {
  const { events } = await historyOf(await sweptNow());
  expect(events?.length).toBeLessThanOrEqual(10);
});

test('a sweep that repairs, and a run that does, replay without a difference', async () => {
  const { ad, postId } = await stage().newAd();
  expect(onlySurface(await stage().run(ad)).outcome).toBe('visible');
  await landLate(stage(), postId);
  await stage().run(ad);
  const repairing = workflowIdOf(ad);
  await landLate(stage(), postId);
  await makeLooksDue(stage(), postId);
  const swept = await sweptNow();
  expect(await stage().sandbox.comments(postId)).toHaveLength(1);
  const bundle = await workflowBundle(BUNDLES, temporalLogger(createLogger({ level: 'fatal', secrets: [] })));
  for (const id of [repairing, swept]) await Worker.runReplayHistory({ workflowBundle: bundle }, await historyOf(id), id);
});
