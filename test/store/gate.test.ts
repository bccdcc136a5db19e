import { describe, expect, test } from 'vitest';
import type { GateAnswer, NotSentReason } from '../../store/ledger.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import {
  anotherOwner,
  approvalOf,
  factsOf,
  hashOf,
  judgementOf,
  newAd,
  passGate,
  proposalOf,
  readyToSend,
  sightingOf,
  snapshotOf,
  TEXT,
} from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

/** The gate stayed shut for this reason. Every scene breaks one condition only, so that without it the gate would open. */
function expectShut(answer: GateAnswer, reason: NotSentReason, says: RegExp): void {
  expect(answer).toMatchObject({ kind: 'not-sent', reason, says: expect.stringMatching(says) });
}

describe('the gate opens', () => {
  test('for a request that fulfils every condition, and keeps the attempt with the bytes', async () => {
    const { request, surface } = await readyToSend(ledger());
    const answer = await passGate(ledger(), request);
    expect(answer.n).toBe(1);
    expect(await ledger().attemptsOn(surface)).toEqual([
      {
        attemptId: answer.attemptId,
        surfaceId: surface.surfaceId,
        epoch: 1,
        n: 1,
        text: TEXT,
        bytesHash: hashOf(TEXT),
        belongs: { ...request.scope, adId: request.adId, copyHash: 'copy-1', copyVersion: 1 },
        gateAt: answer.gateAt,
        ageMs: expect.any(Number),
        result: null,
      },
    ]);
  });

  test('for an attempt whose age counts by the database’s clock', async () => {
    const { request, surface } = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), request);
    await rows("update attempts set gate_at = gate_at - interval '1 hour' where attempt_id = $1", [attemptId]);
    const [attempt] = await ledger().attemptsOn(surface);
    const [now] = await rows<{ age: number }>(
      'select extract(epoch from clock_timestamp() - gate_at)::float8 * 1000 as age from attempts where attempt_id = $1',
      [attemptId],
    );
    expect(attempt?.ageMs).toBeGreaterThanOrEqual(3_600_000);
    expect(attempt?.ageMs).toBeLessThanOrEqual(now?.age ?? 0);
  });

  test('for a held run that somebody released', async () => {
    const { request, run, surface } = await readyToSend(ledger(), { verdict: 'hold' });
    const release = {
      workflowId: run.workflowId,
      surfaceId: surface.surfaceId,
      releaseDigest: 'release-1',
      by: 'Mara',
      why: 'looked',
    };
    await ledger().recordRelease(release);
    await ledger().recordRelease(release);
    await passGate(ledger(), request);
  });

  test('again after a settled absence, as the next attempt', async () => {
    const { request } = await readyToSend(ledger());
    const first = await passGate(ledger(), request);
    await ledger().recordResult(first.attemptId, { kind: 'unknown', says: 'timed out' }, 'activity');
    await ledger().recordResult(first.attemptId, { kind: 'absent', says: 'three readings' }, 'settling');
    expect(await passGate(ledger(), request)).toMatchObject({ n: 2 });
  });
});

describe('the gate stays shut', () => {
  test('for whoever does not own the claim', async () => {
    const { request } = await readyToSend(ledger());
    expectShut(await ledger().gate({ ...request, owner: anotherOwner() }), 'not-owner', /held by/);
  });

  test('for the former owner of a claim that was given back', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    await ledger().releaseClaim(surface, owner);
    expectShut(await ledger().gate(request), 'not-owner', /given back/);
  });

  test('in an epoch that is over', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    await ledger().takeOver({ surface, owner, expectedEpoch: 1 });
    expectShut(await ledger().gate(request), 'old-epoch', /epoch 2/);
  });

  test('in a generation that is over', async () => {
    const { request } = await readyToSend(ledger());
    expectShut(await ledger().gate({ ...request, generation: 0 }), 'old-generation', /restored/);
  });

  test.each([null, { kind: 'unknown', says: 'timed out' } as const])('while an earlier attempt is open (%j)', async (result) => {
    const { request } = await readyToSend(ledger());
    const first = await passGate(ledger(), request);
    if (result) await ledger().recordResult(first.attemptId, result, 'activity');
    expectShut(await ledger().gate(request), 'unsettled-attempt', /attempt 1/);
  });

  test('after three attempts, counted across takeovers', async () => {
    const { request, surface } = await readyToSend(ledger());
    let owned = request;
    for (const n of [1, 2, 3]) {
      const { attemptId } = await passGate(ledger(), owned);
      await ledger().recordResult(attemptId, { kind: 'refused', why: 'invalid', code: '100', says: 'no' }, 'activity');
      const owner = { ...request.owner, cluster: `cluster-${n}` };
      await ledger().takeOver({ surface, owner, expectedEpoch: n });
      owned = { ...request, owner, epoch: n + 1 };
    }
    expectShut(await ledger().gate(owned), 'too-many-attempts', /3 attempts/);
  });

  test('but not on account of answers that mean "not now", however many there were', async () => {
    const { request } = await readyToSend(ledger());
    for (const why of ['throttled', 'auth', 'permission', 'policy', 'throttled', 'permission', 'permission']) {
      const { attemptId } = await passGate(ledger(), request);
      const refused = { kind: 'refused', why, code: null, says: 'not now' } as const;
      const { breakerId } = await ledger().recordResult(attemptId, refused, 'activity');
      if (breakerId !== null) await ledger().resume(breakerId, 'Mara', 'looked');
    }
    const { attemptId } = await passGate(ledger(), request);
    await ledger().recordResult(attemptId, { kind: 'not-sent', says: 'too late' }, 'activity');
    await passGate(ledger(), request);
  });

  test.each(['all', 'brandId', 'accountId', 'identityId', 'marketId', 'patternId'] as const)(
    'while %s is paused, until it is resumed',
    async (scope) => {
      const { request } = await readyToSend(ledger());
      const value = scope === 'all' ? 'all' : request.scope[scope];
      const { id } = await ledger().pause({ kind: 'pause', scope, value, by: 'Mara', why: 'stock is out' });
      const answer = await ledger().gate(request);
      await ledger().resume(id, 'Mara', 'stock is back');
      expectShut(answer, 'paused', /Mara paused publishing .*stock is out/);
      expect(answer).toMatchObject({ key: id });
      await passGate(ledger(), request);
    },
  );

  test('while a breaker is open, with its id to wait for', async () => {
    const { request } = await readyToSend(ledger());
    const { id } = await ledger().pause({
      kind: 'breaker',
      scope: 'identityId',
      value: '4000002',
      by: 'publish',
      why: 'spam verdict',
    });
    const answer = await ledger().gate(request);
    await ledger().resume(id, 'Mara', 'looked');
    expectShut(answer, 'breaker', /spam verdict/);
    expect(answer).toMatchObject({ key: id });
  });

  test('where a pause names something else', async () => {
    const { request } = await readyToSend(ledger());
    const { id } = await ledger().pause({ kind: 'pause', scope: 'marketId', value: 'fr-FR', by: 'Mara', why: 'copy' });
    await passGate(ledger(), request);
    await ledger().resume(id, 'Mara', 'done');
  });

  test('on a surface with a withdrawal order', async () => {
    const { request, surface } = await readyToSend(ledger());
    await ledger().orderWithdrawal({ criteria: { surfaceId: surface.surfaceId }, by: 'Mara', why: 'wrong price' });
    expectShut(await ledger().gate(request), 'withdrawal-order', /wrong price/);
  });

  test('on a surface whose comment was withdrawn', async () => {
    const { request, surface } = await readyToSend(ledger());
    await rows("update claims set state = 'withdrawn' where surface like $1", [`%${surface.surfaceId}`]);
    expectShut(await ledger().gate(request), 'withdrawal-order', /withdrew/);
  });

  test('for a cancelled run, but not for the next run of the same ad', async () => {
    const { request, run } = await readyToSend(ledger());
    await ledger().closeGateFor(run, 'Mara');
    expectShut(await ledger().gate(request), 'cancelled', /cancelled by Mara/);
    await passGate(ledger(), { ...request, runId: 'the-next-one' });
  });

  test('for a copy without approval', async () => {
    const scene = await readyToSend(ledger(), { facts: { proposal: proposalOf(TEXT, 'copy-2') }, approval: null });
    expectShut(await ledger().gate({ ...scene.request, copyHash: 'copy-2' }), 'copy-not-approved', /no approval/);
  });

  test('for a copy whose approval was revoked, also when it is imported again, until it is approved anew', async () => {
    const approval = approvalOf({ hash: 'copy-3' });
    const scene = await readyToSend(ledger(), { facts: { proposal: proposalOf(TEXT, 'copy-3') }, approval });
    const request = { ...scene.request, copyHash: 'copy-3' };
    await ledger().revokeApproval('copy-3', 'Mara', 'typo');
    expect(await ledger().importApprovals([approval])).toEqual({ added: 0 });
    expectShut(await ledger().gate(request), 'copy-not-approved', /revoked/);
    expect(await ledger().importApprovals([{ ...approval, approvedAt: '2026-11-21T10:00:00.000Z' }])).toEqual({ added: 1 });
    await passGate(ledger(), request);
  });

  test('for a copy whose approval has expired by the database clock', async () => {
    const approval = approvalOf({ hash: 'copy-4', expiresAt: '2026-11-02T00:00:00.000Z' });
    const scene = await readyToSend(ledger(), { facts: { proposal: proposalOf(TEXT, 'copy-4') }, approval });
    await rows("update copy_approvals set expires_at = clock_timestamp() - interval '1 second' where copy_hash = 'copy-4'");
    expectShut(await ledger().gate({ ...scene.request, copyHash: 'copy-4' }), 'copy-not-approved', /expired/);
  });

  test('for facts that are too old', async () => {
    const gatheredAt = new Date(Date.now() - 60_000).toISOString();
    const { request } = await readyToSend(ledger(), { facts: { gatheredAt } });
    expectShut(await ledger().gate({ ...request, factsMaxAgeMs: 30_000 }), 'facts-too-old', /at most 30 s/);
  });

  test('for old facts whose gathering a fast clock dated into the future', async () => {
    const gatheredAt = new Date(Date.now() + 3_600_000).toISOString();
    const { request } = await readyToSend(ledger(), { facts: { gatheredAt } });
    await rows("update facts set recorded_at = recorded_at - interval '1 hour' where facts_id = $1", [request.factsId]);
    expectShut(await ledger().gate(request), 'facts-too-old', /s old/);
  });

  test('when the brand folder changed since the judging', async () => {
    const { request } = await readyToSend(ledger());
    expectShut(await ledger().gate({ ...request, brandDigest: 'brand-2' }), 'brand-changed', /brand folder/);
  });

  test('when another brand folder judged than the one that gathered the facts and is loaded now', async () => {
    const { request } = await readyToSend(ledger(), { judgedUnder: 'brand-2' });
    expectShut(await ledger().gate(request), 'brand-changed', /judged under another brand folder/);
    expectShut(await ledger().gate({ ...request, brandDigest: 'brand-2' }), 'brand-changed', /gathered/);
  });

  test.each([
    ['of another market', 'fr-FR'],
    ['whose market is not clear', null],
  ])('when an ad %s has joined the surface since the judging, until it is shown there no more', async (_, marketId) => {
    const { request, surface } = await readyToSend(ledger());
    const { ad, run } = newAd();
    await ledger().runStarted({ run, ad, mode: 'pipeline', brandDigest: 'brand-1' });
    await ledger().recordResolution(run, snapshotOf(ad), [surface], sightingOf(ad, [surface], { marketId }));
    expectShut(await ledger().gate(request), 'other-market', new RegExp(`also serves meta/act_100200/${ad.adId}`));
    await ledger().recordResolution(run, snapshotOf(ad), [], sightingOf(ad, []));
    await passGate(ledger(), request);
  });

  test('not because of another ad of the same market', async () => {
    const { request, surface } = await readyToSend(ledger());
    const { ad, run } = newAd();
    await ledger().runStarted({ run, ad, mode: 'pipeline', brandDigest: 'brand-1' });
    await ledger().recordResolution(run, snapshotOf(ad), [surface], sightingOf(ad, [surface]));
    await passGate(ledger(), request);
  });

  test('for a held run that nobody released, and for one that was released for another digest', async () => {
    const { request, run, surface } = await readyToSend(ledger(), { verdict: 'hold' });
    expectShut(await ledger().gate(request), 'not-released', /nobody released/);
    await ledger().recordRelease({
      workflowId: run.workflowId,
      surfaceId: surface.surfaceId,
      releaseDigest: 'older',
      by: 'M',
      why: 'w',
    });
    await ledger().recordRelease({
      workflowId: 'another',
      surfaceId: surface.surfaceId,
      releaseDigest: 'release-1',
      by: 'M',
      why: 'w',
    });
    expectShut(await ledger().gate(request), 'not-released', /nobody released/);
  });

  test('for a blocked comment, released or not', async () => {
    const { request, run, surface } = await readyToSend(ledger(), { verdict: 'block' });
    await ledger().recordRelease({
      workflowId: run.workflowId,
      surfaceId: surface.surfaceId,
      releaseDigest: 'release-1',
      by: 'M',
      why: 'w',
    });
    expectShut(await ledger().gate(request), 'not-released', /block/);
  });

  test('for facts that were never judged', async () => {
    const { request } = await readyToSend(ledger(), { verdict: null });
    expectShut(await ledger().gate(request), 'not-released', /No judgement/);
  });

  test('for other bytes than those that were judged', async () => {
    const { request } = await readyToSend(ledger());
    const text = `${TEXT}!`;
    expectShut(await ledger().gate({ ...request, text, bytesHash: hashOf(text) }), 'not-as-judged', /the text/);
  });

  test('for a hash that is not the hash of the bytes', async () => {
    const proposal = { ...proposalOf(), bytesHash: hashOf('something else') };
    const { request } = await readyToSend(ledger(), { facts: { proposal } });
    expectShut(await ledger().gate({ ...request, bytesHash: proposal.bytesHash }), 'not-as-judged', /hash of the bytes/);
  });

  test('for another approved copy than the judged one', async () => {
    const { request } = await readyToSend(ledger());
    await ledger().importApprovals([approvalOf({ hash: 'copy-5' })]);
    expectShut(await ledger().gate({ ...request, copyHash: 'copy-5' }), 'not-as-judged', /the copy/);
  });

  test('for another release digest than the judged one', async () => {
    const { request } = await readyToSend(ledger());
    expectShut(await ledger().gate({ ...request, releaseDigest: 'release-2' }), 'not-as-judged', /release digest/);
  });

  test('for facts that were gathered of another surface', async () => {
    const { request, run } = await readyToSend(ledger());
    const other = newAd();
    const factsId = await ledger().recordFacts(run, other.surface.surfaceId, factsOf(other.ad, other.surface), 'brand-1');
    await ledger().recordJudgement(factsId, judgementOf(), 'brand-1');
    expectShut(await ledger().gate({ ...request, factsId }), 'not-as-judged', /the surface/);
  });

  test('for a scope that hides the judged market or pattern from pauses', async () => {
    const { request } = await readyToSend(ledger());
    expectShut(
      await ledger().gate({ ...request, scope: { ...request.scope, marketId: 'fr-FR' } }),
      'not-as-judged',
      /the market/,
    );
    expectShut(
      await ledger().gate({ ...request, scope: { ...request.scope, patternId: 'other' } }),
      'not-as-judged',
      /the pattern/,
    );
  });

  test('where our comment stands already', async () => {
    const { request } = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), request);
    await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
    expectShut(await ledger().gate(request), 'not-as-judged', /stands/);
  });
});
