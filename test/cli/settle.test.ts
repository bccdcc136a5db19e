import { afterAll, beforeAll, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import { DEFAULT_TIMING } from '../../domain/timing.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { stageForThisFile } from '../helpers/stage.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { runCli, temporaryHome } from './run-cli.ts';

// On Instagram absence cannot be proven: a run whose request got no answer ends as unconfirmed, and a person looks.

const stage = stageForThisFile();
const SAID = ['--by', 'Social Lead', '--why', 'looked in the app'];
const SETTLES_AFTER_S = (DEFAULT_TIMING.sendByMs + DEFAULT_TIMING.writeDeadlineMs + DEFAULT_TIMING.lateLandingMs) / 1_000;

let place: Awaited<ReturnType<typeof temporaryHome>>;

beforeAll(async () => {
  place = await temporaryHome();
});

afterAll(() => place.remove());

const settle = (attemptId: string, found: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  runCli(['settle', attemptId, ...found, ...SAID, '--json'], {
    ...place.variables,
    DATABASE_URL: stage().databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: stage().namespace,
    ...variables,
  });

/** An attempt with an unknown outcome, as old as if it had passed the gate so many seconds ago. */
async function openAttempt(ageS: number): Promise<SeededAd & { readonly attemptId: string }> {
  const seeded = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
  await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: seeded.mediaId } });
  expect((await stage().run(seeded.ad)).outcome).toBe('unconfirmed');
  const attemptId = (await stage().story(seeded.ad)).attempts[0]?.attemptId ?? '';
  await stage().rows("update attempts set gate_at = clock_timestamp() - $2 * interval '1 second' where attempt_id = $1", [
    attemptId,
    ageS,
  ]);
  return { ...seeded, attemptId };
}

test('settle is refused while the platform may still act on the request, and says from when on', async () => {
  const { ad, attemptId } = await openAttempt(SETTLES_AFTER_S - 60);
  for (const found of [['--absent'], ['--comment', '17']]) {
    const { code, stdout } = await settle(attemptId, found);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatch(/settle it from 20\d\d-\d\d-\d\dT[\d:.]+Z on, in \d\d s/);
  }
  expect((await stage().story(ad)).attempts[0]?.result?.kind).toBe('unknown');
});

test('settle with a comment plans the later looks at it, and one at once: its run may be gone', async () => {
  const { ad, attemptId } = await openAttempt(SETTLES_AFTER_S + 1);
  const { code, stdout } = await settle(attemptId, ['--comment', '17900000000000099']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ attempt: attemptId, result: { kind: 'found' }, woken: 0 });
  const { plannedLooks, publications } = await stage().story(ad);
  expect(plannedLooks.map(({ commentId }) => commentId)).toEqual(Array(3).fill('17900000000000099'));
  expect(plannedLooks[0]?.at).toBe(publications[0]?.at);
});

test('settle wakes the run that waits for it, and says so when Temporal cannot be reached', async () => {
  const first = await openAttempt(SETTLES_AFTER_S + 1);
  const second = await openAttempt(SETTLES_AFTER_S + 1);
  // Another run stands for the one that waits: what counts is who gets the signal.
  const waits = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
  const { runId } = await stage().client.start(waits.ad);
  await stage().waiting(waits.ad, 'awaiting-approval');
  const run = { workflowId: workflowIdOf(waits.ad), runId };
  for (const { mediaId } of [first, second]) {
    await stage().ledger.park({ run, reason: 'settling', key: mediaId, until: null });
  }

  const woken = await settle(first.attemptId, ['--absent']);
  expect(woken).toMatchObject({ code: 0, stdout: expect.stringContaining('"woken":1') });
  const { events } = await stage().temporal.workflow.getHandle(run.workflowId).fetchHistory();
  const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName ?? []);
  expect(signals).toHaveLength(1);

  const alone = await settle(second.attemptId, ['--absent'], { TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect(alone).toMatchObject({ code: 0, stdout: expect.stringContaining('"woken":null') });
  expect((await stage().story(second.ad)).attempts[0]?.result?.kind).toBe('absent');
  await stage().client.reject(waits.ad, { by: 'Social Lead', why: 'only a stand-in' });
});
