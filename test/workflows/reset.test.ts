import { expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import { expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile();

test('a run that is reset to any of its events goes on from there: one comment, nothing taken for a lost ledger', async () => {
  const { ad, postId } = await stage().newAd();
  const first = await stage().run(ad);
  const { temporal, namespace } = stage();
  const workflowId = workflowIdOf(ad);
  const { events } = await temporal.workflow.getHandle(workflowId).fetchHistory();
  const { runId } = await temporal.workflow.getHandle(workflowId).describe();
  const points = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
  expect(points.length).toBeGreaterThan(5);
  for (const { eventId } of points) {
    await temporal.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId },
      reason: 'a test',
      requestId: `${runId}-${eventId}`,
      workflowTaskFinishEventId: eventId ?? null,
    });
    const again = await stage().client.result(ad);
    expect(again.outcome, `reset to event ${eventId}`).toBe('visible');
    expect(onlySurface(again).commentId).toBe(onlySurface(first).commentId);
  }
  await expectOneComment(stage(), postId, onlySurface(first).text);
  expect((await stage().ledger.readOverview()).pauses).toEqual([]);
});
