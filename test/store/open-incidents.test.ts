import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AttemptResult } from '../../store/ledger.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { MARKETS, newAd, passGate, readyToSend, sightingOf, snapshotOf } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();
const SPAM: AttemptResult = { kind: 'refused', why: 'policy', code: '368', says: 'this looks like spam' };
const UNHINDERED = { cluster: 'local', namespace: 'default', settlesAfterMs: 1_000, againAfterMs: 1_000 };

let accounts = 0;
/** An ad of an account of its own, so that no other test's incidents are told with it. */
function adOfItsOwn(): ReturnType<typeof newAd> {
  const at = newAd();
  accounts += 1;
  return { ...at, ad: { ...at.ad, accountId: `act_7${accounts}` } };
}

/** What the account's sweep tells. */
async function told(accountId: string): Promise<Readonly<Record<string, number>>> {
  const due = await ledger().dueForSweep({ platform: 'meta', accountId, brandId: 'brightloom', ...UNHINDERED });
  return Object.fromEntries((due.openIncidents ?? []).map(({ kind, incidents }) => [kind, incidents]));
}

async function sent(at = adOfItsOwn(), identityId = '4000002') {
  const { surface, owner, request } = await readyToSend(ledger(), { at });
  const { attemptId } = await passGate(ledger(), { ...request, scope: { ...request.scope, identityId } });
  const { accountId, adId } = at.ad;
  return {
    ...{ at, surface, accountId },
    record: (result: AttemptResult) => ledger().recordResult(attemptId, result, 'activity'),
    adopt: (commentId: string) =>
      ledger().adopt(
        surface,
        owner,
        { commentId, text: request.text, createdAt: new Date().toISOString() },
        { brandId: 'brightloom', accountId, adId, identityId, marketId: 'de-DE' },
      ),
    raise: (kind: string, evidence: Readonly<Record<string, unknown>>, once?: string) =>
      ledger().recordIncident({
        kind,
        surfaceId: surface.surfaceId,
        evidence,
        did: 'x',
        ...(once === undefined ? {} : { once }),
      }),
    seen: (visible: boolean) =>
      ledger().recordVisibility(surface, 'c1', { visible, says: 'as it was read', rank: null, of: null }),
    remove: (commentId: string) => ledger().recordRemoval(surface, commentId, { by: 'Mara', says: 'too many' }),
    told: () => told(accountId),
  };
}

/** With the comment `c1` standing. */
async function published(at = adOfItsOwn()) {
  const scene = await sent(at);
  await scene.record({ kind: 'accepted', commentId: 'c1' });
  return scene;
}

const openInAll = async (kind: string) => (await ledger().readOverview()).incidents.find((each) => each.kind === kind)?.open;

test.each(['foreign-hide', 'drift', 'look-failed'])('a %s opens anew when people have seen the comment since', async (kind) => {
  const { surface, raise, seen, told } = await published();
  const once = `${kind} ${surface.surfaceId}`;
  expect(await raise(kind, { commentId: 'c1', at: 'the first look' }, once)).toEqual({ isNew: true });
  await seen(false);
  expect(await raise(kind, { commentId: 'c1', at: 'the first look, told again' }, once)).toEqual({ isNew: false });
  expect(await told()).toEqual({ [kind]: 1 });
  await seen(true);
  expect(await told()).toEqual({});

  expect(await raise(kind, { commentId: 'c1', at: 'the last look' }, once)).toEqual({ isNew: true });
  expect(await raise(kind, { commentId: 'c1', at: 'the last look, told again' }, once)).toEqual({ isNew: false });
  expect(await told()).toEqual({ [kind]: 1 });
  const kept = await rows("select evidence ->> 'at' as at from incidents where surface_id = $1 order by happened_at", [
    surface.surfaceId,
  ]);
  expect(kept).toEqual([{ at: 'the first look' }, { at: 'the last look' }]);
});

test('a drift that names several comments is open until we have removed them all', async () => {
  const { raise, adopt, remove, seen, told } = await published();
  await adopt('c2');
  await raise('drift', { stays: null, comments: [{ commentId: 'c1' }, { commentId: 'c2' }] });
  await seen(true);
  await remove('c1');
  expect(await told()).toEqual({ drift: 1 });
  await remove('c2');
  expect(await told()).toEqual({});
});

test.each(['seen', 'removed'] as const)('records that contradict each other are told until the comment is %s', async (ends) => {
  const { record, seen, remove, told } = await sent();
  await record({ kind: 'absent', says: 'three readings' });
  await record({ kind: 'accepted', commentId: 'c1' });
  await seen(false);
  expect(await told()).toEqual({ drift: 1 });
  await (ends === 'seen' ? seen(true) : remove('c1'));
  expect(await told()).toEqual({});
});

describe('a second comment', () => {
  test('is told as long as two stand, however long that is', async () => {
    const { surface, record, remove, told } = await published();
    await record({ kind: 'found', commentId: 'c2' });
    const old = ["update publications set recorded_at = recorded_at - interval '1 year' where surface_id = $1"];
    old.push("update incidents set happened_at = happened_at - interval '1 year' where surface_id = $1");
    for (const statement of old) await rows(statement, [surface.surfaceId]);
    expect(await told()).toEqual({ 'second-comment': 1 });
    await remove('c2');
    expect(await told()).toEqual({});
  });

  test('that was dealt with is not open again because a third one came', async () => {
    const { record, remove, told } = await published();
    await record({ kind: 'found', commentId: 'c2' });
    await remove('c2');
    await record({ kind: 'found', commentId: 'c3' });
    expect(await told()).toEqual({ 'second-comment': 1 });
  });
});

test('a spam verdict is over with the breaker that it tripped; the next one has an incident of its own', async () => {
  const [one, other] = [await sent(adOfItsOwn(), 'page-7'), await sent(adOfItsOwn(), 'page-7')];
  const { breakerId } = await one.record(SPAM);
  expect(await one.told()).toEqual({ 'spam-verdict': 1 });
  await ledger().resume(breakerId ?? '', 'Mara', 'looked');
  expect(await one.told()).toEqual({});
  await other.record(SPAM);
  expect(await one.told()).toEqual({});
  expect(await other.told()).toEqual({ 'spam-verdict': 1 });
});

test('what happens on a shared surface is told to every account whose ads show it, and counted once over all', async () => {
  const { surface, accountId, raise, told: toldByOne } = await published();
  const joins = adOfItsOwn();
  await ledger().runStarted({ run: joins.run, ad: joins.ad, mode: 'pipeline', brandDigest: 'brand-1' });
  const sighting = sightingOf(joins.ad, [surface], { marketId: 'fr-FR' });
  await ledger().recordResolution(joins.run, snapshotOf(joins.ad), [surface], sighting);
  expect(await ledger().noteMismatches({ surfaces: [surface] }, MARKETS)).toEqual([surface.surfaceId]);
  await raise('look-failed', { commentId: 'c1' });
  expect(await toldByOne()).toEqual({ 'look-failed': 1, mismatch: 1 });
  expect(await told(joins.ad.accountId)).toEqual({ 'look-failed': 1, mismatch: 1 });
  expect(await openInAll('mismatch')).toBe(1);
  const byAccount = (await ledger().openIncidents()).filter(({ kind }) => kind === 'mismatch');
  expect(byAccount.map(({ account }) => account)).toEqual([accountId, joins.ad.accountId].map((each) => `meta/${each}`).sort());
  // It is shown on another post from now on.
  await ledger().recordResolution(joins.run, snapshotOf(joins.ad), [joins.surface], sightingOf(joins.ad, [joins.surface]));
  expect(await told(joins.ad.accountId)).toEqual({});
});

test('a ledger that lacks rows is told by the sweep of every account, until its own breaker is lifted', async () => {
  const behind = async () => {
    await expect(ledger().recordResult(randomUUID(), SPAM, 'workflow')).rejects.toMatchObject({ kind: 'ledger-behind' });
    return told(adOfItsOwn().ad.accountId);
  };
  expect(await behind()).toEqual({ 'ledger-behind': 1 });
  expect(await told(adOfItsOwn().ad.accountId)).toEqual({ 'ledger-behind': 1 });
  expect((await ledger().openIncidents()).find(({ kind }) => kind === 'ledger-behind')).toMatchObject({ account: null });
  await rows("update pauses set lifted_at = clock_timestamp() where scope = 'all'");
  expect(await told(adOfItsOwn().ad.accountId)).toEqual({});
  expect(await behind()).toEqual({ 'ledger-behind': 1 });
  expect(await openInAll('ledger-behind')).toBe(1);
});
