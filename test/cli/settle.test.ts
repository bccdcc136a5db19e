import { afterAll, beforeAll, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import type { Brand } from '../../domain/brand.ts';
import { DEFAULT_TIMING } from '../../domain/timing.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { SECRETS, stageForThisFile } from '../helpers/stage.ts';
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

function secretsOf({ profiles }: Brand): Readonly<Record<string, string>> {
  const { appSecretEnv = '', systemUserTokenEnv = '' } = profiles.sandbox?.meta ?? {};
  return { [appSecretEnv]: SECRETS.appSecret, [systemUserTokenEnv]: SECRETS.systemUserToken };
}

const settle = (attemptId: string, found: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  runCli(['settle', attemptId, ...found, ...SAID, '--json'], {
    ...place.variables,
    DATABASE_URL: stage().databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: stage().namespace,
    FIRST_COMMENT_SANDBOX_URL: stage().sandbox.url,
    ...secretsOf(stage().brand),
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

/** A comment by the brand's own account on the attempt's media, found by a person. */
const byBrand = ({ mediaId, instagramId }: SeededAd, message: string) =>
  stage().sandbox.comment({ object_id: mediaId, from: { id: instagramId, name: 'Brightloom' }, message });

test('settle with a comment plans the later looks at it, and one at once: its run may be gone', async () => {
  const { ad, attemptId, ...seeded } = await openAttempt(SETTLES_AFTER_S + 1);
  const [attempt] = (await stage().story(ad)).attempts;
  const commentId = await byBrand({ ad, ...seeded }, attempt?.text ?? '');
  const { code, stdout } = await settle(attemptId, ['--comment', commentId]);
  expect(JSON.parse(stdout)).toMatchObject({ attempt: attemptId, result: { kind: 'found' }, woken: 0 });
  expect(code).toBe(0);
  const { plannedLooks, publications } = await stage().story(ad);
  expect(plannedLooks.map((look) => look.commentId)).toEqual(Array(3).fill(commentId));
  expect(plannedLooks[0]?.at).toBe(publications[0]?.at);
});

test('settle refuses a comment that is not ours on this surface, or that it cannot read, and the attempt stays open', async () => {
  const { attemptId, ...seeded } = await openAttempt(SETTLES_AFTER_S + 1);
  const elsewhere = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
  const [published] = (await stage().run(elsewhere.ad)).surfaces;
  const stranger = { object_id: seeded.mediaId, from: { id: '5559', name: 'Jane Roe' }, message: 'I love it' };
  const cases = [
    [await stage().sandbox.comment(stranger), 'written by somebody else'],
    [await byBrand(seeded, 'Ask us anything'), 'does not read as one of ours on this surface'],
    [published?.commentId ?? '', 'does not list comment'],
    ['17900000000000099', 'is not there'],
  ] as const;
  for (const [commentId, why] of cases) {
    const { code, stdout } = await settle(attemptId, ['--comment', commentId]);
    expect(JSON.parse(stdout).error).toContain(why);
    expect(code).toBe(2);
  }
  const unreachable = { FIRST_COMMENT_SANDBOX_URL: 'http://127.0.0.1:1' };
  const { code, stdout } = await settle(attemptId, ['--comment', '17'], unreachable);
  expect(JSON.parse(stdout).error).toContain('could not be read');
  expect(code).toBe(2);
  const { attempts, publications } = await stage().story(seeded.ad);
  expect({ result: attempts[0]?.result?.kind, publications }).toEqual({ result: 'unknown', publications: [] });
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

test('settle of an edit takes no other comment than the one that was to be edited', async () => {
  const { attemptId } = await openAttempt(SETTLES_AFTER_S + 60);
  const { id } = await stage().ledger.orderWithdrawal({ criteria: { surfaceId: 'elsewhere' }, by: 'Legal', why: 'recall' });
  await stage().rows("update attempts set edits = '55', edit_order = $2 where attempt_id = $1", [attemptId, id]);
  const { code, stdout } = await settle(attemptId, ['--comment', '17']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout).error).toContain('was to edit comment 55, so it can have left no other one');
});
