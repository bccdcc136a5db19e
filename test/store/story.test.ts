import { describe, expect, test } from 'vitest';
import type { BaselineRecord } from '../../store/ledger.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { factsOf, newAd, passGate, proposalOf, readyToSend, type Scene, sightingOf, snapshotOf, TEXT } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

function baselineOf({ run, ad, surface }: Scene, rowsOf: BaselineRecord['rows'] = []): BaselineRecord {
  const utm = { source: 'facebook', medium: 'paid', campaign: 'first-comment-de-de', content: 'fc_next-step_1', key: 'k1' };
  return {
    run,
    ad,
    since: '2026-10-24',
    until: '2026-11-20',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    rows: rowsOf,
    surfaces: [{ surfaceId: surface.surfaceId, thread: null, utm }],
  };
}

test('the story of an ad tells everything, in the order of its times', async () => {
  const scene = await readyToSend(ledger(), { verdict: 'hold' });
  const { run, ad, surface, request } = scene;
  await ledger().park({ run, reason: 'awaiting-approval', key: surface.surfaceId, until: '2026-11-28T00:00:00.000Z' });
  expect((await ledger().readStory(ad)).waiting).toMatchObject([
    { reason: 'awaiting-approval', until: '2026-11-28T00:00:00.000Z' },
  ]);
  await ledger().recordRelease({
    workflowId: run.workflowId,
    surfaceId: surface.surfaceId,
    releaseDigest: 'release-1',
    by: 'Mara',
    why: 'looked',
  });
  const { attemptId } = await passGate(ledger(), request);
  await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
  await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'workflow');
  await ledger().recordVisibility(surface, 'c1', { visible: true, says: 'listed', rank: 1, of: 3 });
  await ledger().planLooks(surface, 'c1', [3_600_000, 86_400_000]);
  await ledger().recordBaseline(baselineOf(scene));
  await ledger().recordIncident({ kind: 'drift', surfaceId: surface.surfaceId, evidence: { seen: 1 }, did: 'nothing' });
  await ledger().runEnded({
    run,
    executionId: run.runId,
    outcome: 'visible',
    says: 'done',
    surfaces: [{ surfaceId: surface.surfaceId, kind: surface.kind, outcome: 'visible', says: 'seen' }],
  });

  const story = await ledger().readStory(ad);
  expect(story).toMatchObject({
    ad,
    marketId: 'de-DE',
    runs: [
      {
        ...run,
        mode: 'pipeline',
        outcome: 'visible',
        endedAt: expect.any(String),
        surfaces: [{ outcome: 'visible', says: 'seen' }],
      },
    ],
    resolutions: [{ runId: run.runId, snapshot: { name: 'Leinen' }, surfaces: [surface] }],
    judgements: [{ factsId: request.factsId, proposal: { text: TEXT }, verdict: 'hold', verdicts: [{ rule: 'approved-copy' }] }],
    releases: [{ by: 'Mara', why: 'looked' }],
    rejections: [],
    claims: [{ surfaceId: surface.surfaceId, state: 'ours', epoch: 1, surfaceKey: 'k1' }],
    attempts: [{ attemptId, n: 1, result: { kind: 'accepted' }, records: [{ by: 'activity' }, { by: 'workflow' }] }],
    publications: [{ commentId: 'c1', text: TEXT, origin: 'accepted' }],
    visibility: [{ visible: true, rank: 1, of: 3 }],
    plannedLooks: [{ commentId: 'c1', doneAt: null }, { commentId: 'c1' }],
    baselines: [{ delivered: false, rows: 28, impressions: 0, spend: '0', since: '2026-10-24', until: '2026-11-20' }],
    waiting: [],
    incidents: [{ kind: 'drift', evidence: { seen: 1 } }],
  });
  const published = Date.parse(story.publications[0]?.at ?? '');
  expect(story.plannedLooks.map((look) => Date.parse(look.at) - published)).toEqual([3_600_000, 86_400_000]);
});

test('the story of an ad that the ledger never saw is empty', async () => {
  const story = await ledger().readStory(newAd().ad);
  expect(
    Object.values(story)
      .filter(Array.isArray)
      .every((list) => list.length === 0),
  ).toBe(true);
});

test('facts come back letter by letter, the strangest included', async () => {
  const { run, ad, surface } = await readyToSend(ledger());
  const facts = factsOf(ad, surface, { proposal: proposalOf('Größe „Leinen“ 🛏️ \u0000 \\u0041 "') });
  const factsId = await ledger().recordFacts(run, surface.surfaceId, facts, 'brand-1');
  expect(await ledger().readFacts(factsId)).toEqual(facts);
});

describe('a baseline', () => {
  test('of an ad that has not delivered is a zero for each of its days', async () => {
    const scene = await readyToSend(ledger());
    expect(await ledger().hasBaseline(scene.ad)).toBe(false);
    await ledger().recordBaseline(baselineOf(scene));
    expect(await ledger().hasBaseline(scene.ad)).toBe(true);
    const days = await rows(
      `select min(day)::text as first, max(day)::text as last, count(*)::int as days, sum(impressions)::int as impressions
       from baseline_days join baselines using (baseline_id) where run_id = $1`,
      [scene.run.runId],
    );
    expect(days).toEqual([{ first: '2026-10-24', last: '2026-11-20', days: 28, impressions: 0 }]);
  });

  test('keeps the delivered rows to the cent, and the first one said stays', async () => {
    const scene = await readyToSend(ledger());
    const row = {
      day: '2026-11-19',
      publisher: 'facebook',
      position: 'feed',
      impressions: 4000,
      reach: 3000,
      clicks: 40,
      linkClicks: 30,
      outboundClicks: 20,
      spend: '12.10',
      conversions: { purchase: 2 },
    };
    await ledger().recordBaseline(baselineOf(scene, [row, { ...row, position: 'story', spend: '0.05' }]));
    await ledger().recordBaseline(baselineOf(scene));
    expect((await ledger().readStory(scene.ad)).baselines).toMatchObject([
      { delivered: true, rows: 2, impressions: 8000, clicks: 80, spend: '12.15', surfaces: [{ utm: { key: 'k1' } }] },
    ]);
  });
});

describe('a run', () => {
  test('ends once, and a second start of it changes nothing', async () => {
    const { run, ad } = await readyToSend(ledger());
    await ledger().runEnded({ run, executionId: run.runId, outcome: 'blocked', says: 'first', surfaces: [] });
    await ledger().runEnded({ run, executionId: run.runId, outcome: 'visible', says: 'second', surfaces: [] });
    await ledger().runStarted({ run, ad, mode: 'backfill', brandDigest: 'brand-2' });
    expect((await ledger().readStory(ad)).runs).toMatchObject([{ outcome: 'blocked', says: 'first', mode: 'pipeline' }]);
  });

  test('waits for several things, and stops waiting for one or for all', async () => {
    const { run } = newAd();
    await ledger().park({ run, reason: 'awaiting-claim', key: 's1', until: null });
    await ledger().park({ run, reason: 'throttled', key: 'page-1', until: '2026-11-22T00:00:00.000Z' });
    await ledger().park({ run, reason: 'throttled', key: 'page-1', until: '2026-11-23T00:00:00.000Z' });
    expect(await ledger().waitersFor('throttled', 'page-1')).toEqual([run.workflowId]);
    await ledger().park({ run, reason: 'awaiting-credentials', key: 'page-1', until: null });
    await ledger().unpark(run, { reason: 'throttled', key: 'page-1' });
    expect(await ledger().waitersFor('awaiting-credentials', 'page-1')).toEqual([run.workflowId]);
    expect(await ledger().waitersFor('throttled', 'page-1')).toEqual([]);
    expect(await ledger().waitersFor('awaiting-claim', 's1')).toEqual([run.workflowId]);
    await ledger().unpark(run);
    expect(await ledger().waitersFor('awaiting-claim', 's1')).toEqual([]);
  });

  test('that begins anew no longer waits for what its predecessor waited for', async () => {
    const { run, ad } = newAd();
    await ledger().park({ run, reason: 'awaiting-claim', key: 's2', until: null });
    await ledger().runStarted({ run: { ...run, runId: 'next' }, ad, mode: 'pipeline', brandDigest: 'b' });
    expect(await ledger().waitersFor('awaiting-claim', 's2')).toEqual([]);
  });
});

describe('an execution that noted no end', () => {
  test('is over when the workflow begins anew, and is counted neither as running nor as ended', async () => {
    const { run, ad } = await readyToSend(ledger());
    const before = await ledger().readOverview();
    const next = { ...run, runId: 'continued-1' };
    await ledger().runStarted({ run: next, ad, mode: 'pipeline', brandDigest: 'b' });
    const after = await ledger().readOverview();
    expect(after.runs).toEqual(before.runs);
    expect(after.lastEnds).toEqual(before.lastEnds);
    expect(after.outcomes).toEqual(before.outcomes);
    expect((await ledger().readStory(ad)).runs).toMatchObject([
      { ...run, endedAt: expect.any(String), outcome: null, says: 'continued in run continued-1' },
      { ...next, endedAt: null, outcome: null, says: null },
    ]);
  });

  test('does not end the one that followed it, when its own start is said again', async () => {
    const { run, ad } = await readyToSend(ledger());
    const next = { ...run, runId: 'continued-2' };
    await ledger().runStarted({ run: next, ad, mode: 'pipeline', brandDigest: 'b' });
    await ledger().runStarted({ run, ad, mode: 'pipeline', brandDigest: 'b' });
    expect((await ledger().readStory(ad)).runs).toMatchObject([{ ...run }, { ...next, endedAt: null }]);
  });

  test('says at its end anew how it ended when it was reset, and the newer word counts', async () => {
    const { run, ad, surface } = await readyToSend(ledger());
    const ended = (outcome: 'hidden' | 'visible') => ({
      run,
      outcome,
      says: outcome,
      surfaces: [{ surfaceId: surface.surfaceId, kind: surface.kind, outcome, says: outcome }],
    });
    await ledger().runEnded({ ...ended('hidden'), executionId: run.runId });
    await ledger().runEnded({ ...ended('visible'), executionId: 'after-the-reset' });
    await ledger().runEnded({ ...ended('hidden'), executionId: 'after-the-reset' });
    const [kept] = (await ledger().readStory(ad)).runs;
    expect(kept).toMatchObject({ ...run, outcome: 'visible', surfaces: [{ outcome: 'visible' }] });
  });

  test('may still say how it ended', async () => {
    const { run, ad } = await readyToSend(ledger());
    await ledger().runStarted({ run: { ...run, runId: 'continued-3' }, ad, mode: 'pipeline', brandDigest: 'b' });
    await ledger().runEnded({ run, executionId: run.runId, outcome: 'blocked', says: 'late', surfaces: [] });
    expect((await ledger().readStory(ad)).runs[0]).toMatchObject({ ...run, outcome: 'blocked', says: 'late' });
  });
});

test('the overview counts what stands, waits and ended, each ad by its last end', async () => {
  const { run, ad } = await readyToSend(ledger());
  const before = await ledger().readOverview();
  await ledger().runEnded({ run, executionId: run.runId, outcome: 'hidden', says: 'first', surfaces: [] });
  const again = { ...run, runId: 'again' };
  await ledger().runStarted({ run: again, ad, mode: 'pipeline', brandDigest: 'b' });
  await ledger().runEnded({ run: again, executionId: again.runId, outcome: 'refused', says: 'second', surfaces: [] });
  await ledger().park({ run, reason: 'throttled', key: 'page-9', until: null });
  const { id } = await ledger().pause({ kind: 'pause', scope: 'marketId', value: 'pt-PT', by: 'Mara', why: 'holiday' });
  const after = await ledger().readOverview();
  expect(after.runs.ended).toBe(before.runs.ended + 2);
  expect(after.outcomes).toContainEqual({ outcome: 'refused', runs: 1 });
  expect(after.outcomes.map((each) => each.outcome)).not.toContain('hidden');
  expect(after.lastEnds[0]).toMatchObject({ ad, outcome: 'refused', says: 'second' });
  expect(after.waiting).toContainEqual({
    reason: 'throttled',
    key: 'page-9',
    runs: 1,
    since: expect.any(String),
    ads: [expect.stringMatching(/^meta\/act_\d+\/\d+$/)],
  });
  expect(after.pauses).toMatchObject([{ id, kind: 'pause', scope: 'marketId', value: 'pt-PT', by: 'Mara', why: 'holiday' }]);
});

test('the story keeps what the ad has and where nothing is written', async () => {
  const { ad, run, surface } = await readyToSend(ledger());
  const named = { platform: 'meta', kind: 'instagram-media', surfaceId: '179' } as const;
  const unusable = [{ kind: 'instagram-media', reason: 'it is gone', named, delivers: true }] as const;
  await ledger().recordResolution(run, snapshotOf(ad), [surface], sightingOf(ad, [surface]), unusable);
  expect((await ledger().readStory(ad)).resolutions.map((resolution) => resolution.unusable)).toEqual([[], unusable]);
});
