import { describe, expect, test } from 'vitest';
import type { AttemptResult } from '../../store/ledger.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, passGate, readyToSend, TEXT } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

const ACCEPTED: AttemptResult = { kind: 'accepted', commentId: 'c1' };
const FOUND: AttemptResult = { kind: 'found', commentId: 'c1' };
const UNKNOWN: AttemptResult = { kind: 'unknown', says: 'timed out' };
const ABSENT: AttemptResult = { kind: 'absent', says: 'three readings' };
const REFUSED: AttemptResult = { kind: 'refused', why: 'invalid', code: '100', says: 'no' };
const SPAM: AttemptResult = { kind: 'refused', why: 'policy', code: '368', says: 'this looks like spam' };
const NOT_SENT: AttemptResult = { kind: 'not-sent', says: 'too late' };
const BELONGS = { brandId: 'brightloom', accountId: 'act_100200', adId: '1', identityId: '4000002', marketId: 'de-DE' };

async function sent(identityId = '4000002') {
  const scene = await readyToSend(ledger());
  const { attemptId } = await passGate(ledger(), { ...scene.request, scope: { ...scene.request.scope, identityId } });
  const record = (result: AttemptResult, by: 'activity' | 'workflow' | 'settling' = 'activity') =>
    ledger().recordResult(attemptId, result, by);
  const state = async () => {
    const found = await rows<{ state: string }>('select state from claims where surface like $1', [
      `%${scene.surface.surfaceId}`,
    ]);
    return found[0]?.state;
  };
  const incidents = async () => {
    const found = await rows<{ kind: string }>('select kind from incidents where surface_id = $1', [scene.surface.surfaceId]);
    return found.map((each) => each.kind);
  };
  const result = async () => (await ledger().attemptsOn(scene.surface))[0]?.result;
  return { ...scene, attemptId, record, state, incidents, result };
}

describe('the claim follows its attempt', () => {
  test.each([
    [ACCEPTED, 'ours'],
    [FOUND, 'ours'],
    [UNKNOWN, 'unsettled'],
    [REFUSED, 'claimed'],
    [NOT_SENT, 'claimed'],
    [ABSENT, 'claimed'],
  ] as const)('after %j it is %s', async (result, state) => {
    const attempt = await sent();
    expect(await attempt.state()).toBe('sending');
    await attempt.record(result);
    expect(await attempt.state()).toBe(state);
  });

  test('and stays withdrawn when an answer comes after the withdrawal', async () => {
    const attempt = await sent();
    await rows("update claims set state = 'withdrawn' where surface like $1", [`%${attempt.surface.surfaceId}`]);
    await attempt.record(ACCEPTED);
    expect(await attempt.state()).toBe('withdrawn');
    expect(await ledger().publicationsOn(attempt.surface)).toHaveLength(1);
  });
});

describe('two records of one result', () => {
  test('are one result, one publication and no incident', async () => {
    const attempt = await sent();
    await attempt.record(ACCEPTED, 'activity');
    await attempt.record(ACCEPTED, 'workflow');
    await attempt.record(ACCEPTED, 'workflow');
    expect(await attempt.result()).toEqual(ACCEPTED);
    expect(await ledger().publicationsOn(attempt.surface)).toMatchObject([{ commentId: 'c1', origin: 'accepted', text: TEXT }]);
    expect(await attempt.incidents()).toEqual([]);
    expect(await rows('select recorded_by from attempt_records where attempt_id = $1 order by 1', [attempt.attemptId])).toEqual([
      { recorded_by: 'activity' },
      { recorded_by: 'workflow' },
    ]);
  });

  test('at the same moment do not get into each other’s way', async () => {
    const attempt = await sent();
    await Promise.all([
      attempt.record(ACCEPTED, 'activity'),
      attempt.record(ACCEPTED, 'workflow'),
      attempt.record(UNKNOWN, 'workflow'),
    ]);
    expect(await attempt.result()).toEqual(ACCEPTED);
    expect(await ledger().publicationsOn(attempt.surface)).toHaveLength(1);
  });

  test('of which one is unknown leave the definite one, in either order, without an incident', async () => {
    for (const [first, second] of [
      [ACCEPTED, UNKNOWN],
      [UNKNOWN, ACCEPTED],
    ] as const) {
      const attempt = await sent();
      await attempt.record(first, 'workflow');
      await attempt.record(second, 'activity');
      expect(await attempt.result()).toEqual(ACCEPTED);
      expect(await attempt.state()).toBe('ours');
      expect(await attempt.incidents()).toEqual([]);
    }
  });

  test('settle an unknown one as found, which is adopted', async () => {
    const attempt = await sent();
    await attempt.record(UNKNOWN);
    await attempt.record(FOUND, 'settling');
    expect(await attempt.result()).toEqual(FOUND);
    expect(await ledger().publicationsOn(attempt.surface)).toMatchObject([{ commentId: 'c1', origin: 'adopted' }]);
    await attempt.record(ACCEPTED, 'activity');
    expect(await attempt.incidents()).toEqual([]);
  });
});

describe('records that contradict each other', () => {
  test.each([REFUSED, NOT_SENT, ABSENT])('keep the comment over %j, and say so', async (no) => {
    for (const [first, second] of [
      [ACCEPTED, no],
      [no, ACCEPTED],
    ] as const) {
      const attempt = await sent();
      await attempt.record(first, 'activity');
      await attempt.record(second, 'workflow');
      expect(await attempt.result()).toEqual(ACCEPTED);
      expect(await attempt.state()).toBe('ours');
      expect(await attempt.incidents()).toEqual(['drift']);
    }
  });

  test('with two comments keep both as ours, and the first as the result', async () => {
    const attempt = await sent();
    await attempt.record(ACCEPTED);
    await attempt.record({ kind: 'found', commentId: 'c2' }, 'settling');
    expect(await attempt.result()).toEqual(ACCEPTED);
    expect((await ledger().publicationsOn(attempt.surface)).map((each) => each.commentId)).toEqual(['c1', 'c2']);
    expect(await attempt.incidents()).toEqual(['second-comment']);
  });

  test('about a comment that landed after its absence was settled make the surface ours again, also after it was given back', async () => {
    const attempt = await sent();
    await attempt.record(ABSENT, 'settling');
    await ledger().releaseClaim(attempt.surface, attempt.owner);
    await attempt.record(ACCEPTED, 'activity');
    expect(await ledger().claim({ surface: attempt.surface, owner: anotherOwner(), surfaceKey: 'k1' })).toMatchObject({
      kind: 'ours',
    });
  });
});

test('contradicting records at the same moment leave the comment and an incident, whoever was first', async () => {
  for (let round = 0; round < 15; round += 1) {
    const attempt = await sent();
    await Promise.all([
      attempt.record(ACCEPTED, 'activity'),
      attempt.record(REFUSED, 'workflow'),
      attempt.record(ABSENT, 'settling'),
    ]);
    expect(await attempt.result()).toEqual(ACCEPTED);
    expect(await attempt.state()).toBe('ours');
    expect((await attempt.incidents()).length).toBeGreaterThanOrEqual(1);
  }
});

describe('a spam verdict', () => {
  const breakersOf = async (identityId: string) =>
    (await ledger().readOverview()).pauses.filter((each) => each.value === identityId);

  test.each(['activity', 'workflow'] as const)(
    'closes the identity with its first record, whoever writes it (%s)',
    async (by) => {
      const identityId = `page-${by}`;
      const attempt = await sent(identityId);
      const { breakerId } = await attempt.record(SPAM, by);
      const breaker = { kind: 'breaker', scope: 'identityId', by: 'publish', why: 'this looks like spam' };
      expect(await breakersOf(identityId)).toMatchObject([{ ...breaker, id: breakerId }]);
      expect(await attempt.incidents()).toEqual(['spam-verdict']);
      const { request } = await readyToSend(ledger());
      expect(await ledger().gate({ ...request, scope: { ...request.scope, identityId } })).toMatchObject({
        reason: 'breaker',
        key: breakerId,
      });
    },
  );

  test('said again, or of another attempt of the identity, names the breaker that stands', async () => {
    const [attempt, other] = [await sent('page-twice'), await sent('page-twice')];
    const [first, again, beside] = await Promise.all([
      attempt.record(SPAM),
      attempt.record(SPAM, 'workflow'),
      other.record(SPAM),
    ]);
    expect(first?.breakerId).toEqual(expect.any(String));
    expect([again, beside]).toEqual([first, first]);
    expect(await breakersOf('page-twice')).toHaveLength(1);
    expect([...(await attempt.incidents()), ...(await other.incidents())]).toEqual(['spam-verdict', 'spam-verdict']);
  });

  test('does not close the identity again by a late record, after a person opened it', async () => {
    const attempt = await sent('page-opened');
    const { breakerId } = await attempt.record(SPAM);
    await ledger().resume(breakerId ?? '', 'Mara', 'looked');
    expect(await attempt.record(SPAM, 'workflow')).toEqual({ breakerId: null, withdrawn: null });
    expect(await breakersOf('page-opened')).toEqual([]);
  });

  test('does not lock itself out with gates that pass at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const identityId = `page-race-${round}`;
      const attempt = await sent(identityId);
      const ready = await Promise.all(Array.from({ length: 4 }, () => readyToSend(ledger())));
      const gates = ready.map(({ request }) => ledger().gate({ ...request, scope: { ...request.scope, identityId } }));
      const own = ledger().gate({ ...attempt.request, scope: { ...attempt.request.scope, identityId } });
      const [{ breakerId }] = await Promise.all([attempt.record(SPAM), own, ...gates]);
      expect(breakerId).toEqual(expect.any(String));
    }
  });

  test('is the only result that names a breaker', async () => {
    for (const result of [ACCEPTED, UNKNOWN, REFUSED, NOT_SENT]) {
      expect(await (await sent()).record(result)).toEqual({ breakerId: null, withdrawn: null });
    }
  });
});

test('a comment belongs to what its attempt was for, and one that no attempt explains to whom it was found for', async () => {
  const attempt = await sent();
  await attempt.record(ACCEPTED);
  const { surface, owner } = await readyToSend(ledger());
  await ledger().adopt(surface, owner, { commentId: 'c7', text: 'an older copy', createdAt: '2026-11-20T10:00:00Z' }, BELONGS);
  const belongings = 'brand_id, account_id, ad_id, identity_id, market_id, pattern_id, copy_hash, copy_version';
  const kept = (surfaceId: string) => rows(`select ${belongings} from publications where surface_id = $1`, [surfaceId]);
  const common = { brand_id: 'brightloom', account_id: 'act_100200', identity_id: '4000002', market_id: 'de-DE' };
  const explained = { ad_id: attempt.ad.adId, pattern_id: 'next-step', copy_hash: 'copy-1', copy_version: 1 };
  expect(await kept(attempt.surface.surfaceId)).toEqual([{ ...common, ...explained }]);
  const unexplained = { ad_id: '1', pattern_id: null, copy_hash: null, copy_version: null };
  expect(await kept(surface.surfaceId)).toEqual([{ ...common, ...unexplained }]);
});

describe('adopting a comment that was found', () => {
  test('makes the surface ours', async () => {
    const { surface, owner } = await readyToSend(ledger());
    const found = { commentId: 'old-1', text: 'an older copy', createdAt: '2026-11-20T10:00:00.000Z' };
    await ledger().adopt(surface, owner, found, BELONGS);
    await ledger().adopt(surface, owner, found, BELONGS);
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toMatchObject({
      kind: 'ours',
      mine: true,
      publication: { commentId: 'old-1', attemptId: null, origin: 'adopted', publishedAt: found.createdAt },
    });
  });

  test('does not settle an attempt that is open', async () => {
    const attempt = await sent();
    await attempt.record(UNKNOWN);
    await ledger().adopt(
      attempt.surface,
      attempt.owner,
      { commentId: 'c1', text: TEXT, createdAt: new Date().toISOString() },
      BELONGS,
    );
    expect(await attempt.state()).toBe('unsettled');
    await attempt.record(FOUND, 'settling');
    expect(await attempt.state()).toBe('ours');
  });

  test('is refused to whoever lost the claim', async () => {
    const { surface } = await readyToSend(ledger());
    const found = { commentId: 'c9', text: TEXT, createdAt: new Date().toISOString() };
    await expect(ledger().adopt(surface, anotherOwner(), found, BELONGS)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await ledger().publicationsOn(surface)).toEqual([]);
  });
});
