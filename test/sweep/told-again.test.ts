import { expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import type { Ledger } from '../../store/ledger.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';
import { landLate, makeLooksDue, makeOld, sweepUntil } from './scene.ts';

/** Armed once: the next incident is written, and whoever wrote it dies before it can say so. */
let armed = false;

function dyingAfterIncident(ledger: Ledger): Ledger {
  return {
    ...ledger,
    async recordIncident(incident) {
      const answer = await ledger.recordIncident(incident);
      if (!armed) return answer;
      armed = false;
      throw new Error('the process ended here');
    },
  };
}

const stage = stageForThisFile({
  timing: { looksMs: [3_600_000], lateLandingMs: 60_000, selfWakeMs: 600_000, sweepLeaseMs: 3_600_000 },
  ledger: dyingAfterIncident,
});

async function flaggedSweeps(): Promise<number> {
  return (await stage().temporal.workflow.count("WorkflowType = 'sweep' AND FcNeedsHuman = true")).count;
}

async function openIncidents() {
  const { openIncidents: open, sweeps } = await stage().ledger.readOverview();
  return { open, needsPerson: sweeps.find(({ account }) => account === 'meta/act_100200')?.needsPerson };
}

test('an attempt that only a person can settle is said by each sweep until they have, also where the one that found it died', async () => {
  const { ad, mediaId } = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
  await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: mediaId } });
  await stage().client.start(ad);
  await stage().waiting(ad, 'settling');
  await stage().temporal.workflow.getHandle(workflowIdOf(ad)).terminate('by the test');
  await makeOld(stage(), mediaId);
  armed = true;
  await sweepUntil(stage(), 'the incident was written', async () => !armed);
  const [attempt] = (await stage().story(ad)).attempts;
  const unconfirmed = { account: 'meta/act_100200', kind: 'unconfirmed', incidents: 1 };
  expect((await openIncidents()).open).toEqual([unconfirmed]);

  // The attempt is another sweep's for an hour: nothing is due any more.
  const next = await stage().runSweep();
  expect(next).toMatchObject({ says: 'nothing to do', forPerson: [], stillOpen: expect.stringContaining('1 unconfirmed') });
  expect(await openIncidents()).toMatchObject({ open: [unconfirmed], needsPerson: true });
  await until('the sweep can be found by it', async () => (await flaggedSweeps()) > 0);

  await stage().ledger.recordResult(attempt?.attemptId ?? '', { kind: 'absent', says: 'Mara: I looked' }, 'person');
  expect(await stage().runSweep()).toMatchObject({ forPerson: [], stillOpen: null });
  expect(await openIncidents()).toMatchObject({ open: [], needsPerson: false });
});

test('a comment that somebody hid is said by each sweep, until people see it again; hidden once more, it is told anew', async () => {
  const { ad, postId } = await stage().newAd();
  const { commentId } = onlySurface(await stage().run(ad));
  if (commentId === null) throw new Error('nothing was published');
  await stage().sandbox.patch(commentId, { is_hidden: true });
  await makeLooksDue(stage(), postId);
  armed = true;
  await stage().runSweep();
  expect(armed).toBe(false);
  expect((await stage().runSweep()).stillOpen).toContain('1 foreign-hide');
  expect((await openIncidents()).needsPerson).toBe(true);
  await stage().sandbox.patch(commentId, { is_hidden: false });
  expect(onlySurface(await stage().run(ad)).outcome).toBe('visible');
  expect((await stage().runSweep()).stillOpen).toBeNull();

  await stage().sandbox.patch(commentId, { is_hidden: true });
  await stage().ledger.planLooks({ platform: 'meta', kind: 'facebook-post', surfaceId: postId }, commentId, [0]);
  expect((await stage().runSweep()).forPerson).toEqual([expect.stringContaining('foreign-hide')]);
  expect((await stage().runSweep()).stillOpen).toContain('1 foreign-hide');
  await stage().sandbox.patch(commentId, { is_hidden: false });
  await stage().run(ad);
});

test('comments that a sweep finds on a withdrawn surface and removes are told by no later one', async () => {
  const { ad, postId } = await stage().newAd();
  await stage().run(ad);
  await landLate(stage(), postId);
  await stage().rows("update claims set state = 'withdrawn' where surface like $1", [`%${postId}`]);
  await makeLooksDue(stage(), postId);
  expect(await stage().runSweep()).toMatchObject({ removed: 2 });
  expect((await stage().story(ad)).incidents).toMatchObject([{ kind: 'drift', did: expect.stringContaining('was withdrawn') }]);
  expect((await stage().runSweep()).stillOpen).toBeNull();
});

test('what nobody sees to is said for a week', async () => {
  const { ad, postId } = await stage().newAd();
  const { commentId } = onlySurface(await stage().run(ad));
  const evidence = { commentId };
  await stage().ledger.recordIncident({ kind: 'drift', surfaceId: postId, evidence, did: 'nothing: a person decides' });
  expect((await stage().runSweep()).stillOpen).toContain('1 drift');
  await stage().rows("update incidents set happened_at = happened_at - interval '7 days' where surface_id = $1", [postId]);
  expect((await stage().runSweep()).stillOpen).toBeNull();
});
