import { setTimeout as sleep } from 'node:timers/promises';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import { SECRETS, type Stage } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

/** Platforms tell times in whole seconds: what comes after this is later for everybody. */
export const nextSecond = () => sleep(1_100);

/** Makes the later looks at a comment due now, however far away they are. */
export async function makeLooksDue(stage: Stage, surfaceId: string): Promise<void> {
  await stage.rows(
    `update planned_looks set due_at = clock_timestamp(), next_at = null
     where surface in (select surface from surfaces where surface_id = $1) and done_at is null`,
    [surfaceId],
  );
}

/** As if the attempts there had passed the gate so long ago that they can be settled. */
export async function makeOld(stage: Stage, surfaceId: string): Promise<void> {
  await stage.rows("update attempts set gate_at = gate_at - interval '5 minutes' where surface_id = $1", [surfaceId]);
}

/** Another comment of ours with the text of the first: as a request that landed long after its gate. */
export async function landLate(stage: Stage, objectId: string): Promise<string> {
  const [first] = await stage.sandbox.writes(objectId);
  if (!first?.text) throw new Error(`nothing was published on ${objectId}`);
  await nextSecond();
  return stage.sandbox.comment({ object_id: objectId, message: first.text, application_id: '900100' });
}

/** Sweeps until a sweep has done what the test waits for: others of the account may have come to it before. */
export function sweepUntil<T>(stage: Stage, what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  return until(what, async () => {
    await stage.runSweep();
    return look();
  });
}

/** As a person of the German Page would delete a comment in the app: nothing of ours knows of it. */
export async function deleteByHand(stage: Stage, commentId: string): Promise<void> {
  const adapter = createMetaAdapter({
    ...{ baseUrl: stage.sandbox.url, graphVersion: 'v26.0', appId: '900100', sendAdIdOnInstagram: false, plainHttp: true },
    secrets: () => SECRETS,
  });
  try {
    const surface = { platform: 'meta', kind: 'facebook-post', surfaceId: '' } as const;
    await adapter.deleteComment({ surface, pageId: '4000002', adId: '', commentId }, { accountId: 'act_100200' });
  } finally {
    await adapter.close();
  }
}
