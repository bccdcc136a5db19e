import { describe, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import { expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

describe('a run that has ended and is reset to any of its workflow tasks', () => {
  const stage = stageForThisFile();

  test('meets the ledger, publishes nothing and pauses nobody', async () => {
    const { ad, postId } = await stage().newAd();
    const first = onlySurface(await stage().run(ad));
    const { temporal, namespace } = stage();
    const workflowId = workflowIdOf(ad);
    const { runId } = await temporal.workflow.getHandle(workflowId).describe();
    const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const tasks = (events ?? []).flatMap((event) => (event.workflowTaskCompletedEventAttributes ? Number(event.eventId) : []));
    for (const eventId of tasks) {
      await temporal.workflowService.resetWorkflowExecution({
        namespace,
        workflowExecution: { workflowId, runId },
        workflowTaskFinishEventId: eventId as unknown as never,
        reason: 'a test',
        requestId: `reset-${runId}-${eventId}`,
      });
      const end = await stage().client.result(ad);
      expect(onlySurface(end), `reset to ${eventId}`).toMatchObject({ outcome: 'visible', commentId: first.commentId });
      expect((await stage().ledger.readOverview()).pauses, `reset to ${eventId}`).toEqual([]);
    }
    expect(tasks.length).toBeGreaterThan(3);
    await expectOneComment(stage(), postId, first.text);
    expect((await stage().story(ad)).attempts).toHaveLength(1);
  });
});
