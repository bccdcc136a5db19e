import { beforeEach, describe, expect, test } from 'vitest';
import type { SurveyedAccount, SurveyKind, SurveyLease, SurveyPace } from '../../store/known-ads.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { MARKETS, newAd, passGate, readyToSend, sightingOf, snapshotOf } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

const HOUR = 3_600_000;
const PACE: SurveyPace = { everyMs: HOUR, wholeEveryMs: 6 * HOUR, skewMs: 60_000, leaseMs: 60_000 };
const EMPTY = { sightings: [], misfits: 0, unreadable: 0, next: null };

let count = 0;
let account: SurveyedAccount;
beforeEach(() => {
  count += 1;
  account = { platform: 'meta', accountId: `act_5000${count}`, marketDigest: MARKETS };
});

async function taken(kind: SurveyKind = 'due'): Promise<SurveyLease> {
  const turn = await ledger().takeSurvey(account, kind, PACE);
  if (turn.kind !== 'yours') throw new Error(`expected the survey, got ${turn.kind}`);
  return turn.lease;
}

/** As if so much time had passed since everything that the account's survey remembers. */
async function later(milliseconds: number): Promise<void> {
  await rows(
    `update surveys set covered_until = covered_until - $2 * interval '1 ms', closed_until = closed_until - $2 * interval '1 ms',
      leased_until = leased_until - $2 * interval '1 ms', began_at = began_at - $2 * interval '1 ms' where account_id = $1`,
    [account.accountId, milliseconds],
  );
}

/** An ad of the account, with a surface of its own. */
function adOfAccount() {
  const { ad, surface, run } = newAd();
  return { ad: { ...ad, accountId: account.accountId }, surface, run };
}

const onIt = (surface: ReturnType<typeof newAd>['surface']) => ledger().otherAdsOn(surface, newAd().ad, MARKETS);

describe('a survey', () => {
  test('is due until the account was listed to its end, and again when the time is over', async () => {
    const other: SurveyedAccount = { ...account, accountId: `${account.accountId}9` };
    expect(await ledger().surveyDueInMs([account], HOUR)).toBe(0);
    const lease = await taken();
    expect(lease).toMatchObject({ changedSince: null, after: null, pages: 0 });
    expect(await ledger().surveyDueInMs([account], HOUR)).toBe(0);
    await ledger().recordListing(lease, EMPTY, PACE);
    expect(await ledger().surveyDueInMs([account], HOUR)).toBeGreaterThan(HOUR - 60_000);
    expect(await ledger().surveyDueInMs([account, other], HOUR)).toBe(0);
    expect(await ledger().takeSurvey(account, 'due', PACE)).toEqual({ kind: 'not-due' });
    await later(HOUR);
    expect(await ledger().surveyDueInMs([account], HOUR)).toBe(0);
    expect((await ledger().takeSurvey(account, 'due', PACE)).kind).toBe('yours');
  });

  test('is given to one of many who ask at once', async () => {
    const turns = await Promise.all(Array.from({ length: 8 }, () => ledger().takeSurvey(account, 'due', PACE)));
    expect(turns.map(({ kind }) => kind).sort()).toEqual([...Array(7).fill('held'), 'yours']);
  });

  test('is free for the next one when it was left, and when its lease ran out', async () => {
    await ledger().leaveSurvey(await taken());
    const dead = await taken();
    expect(await ledger().takeSurvey(account, 'due', PACE)).toMatchObject({ kind: 'held', pages: 0, ads: 0 });
    await later(60_001);
    const heir = await taken();
    expect(await ledger().recordListing(dead, EMPTY, PACE)).toBeNull();
    expect(await ledger().restartListing(dead, PACE)).toBeNull();
    await ledger().leaveSurvey(dead);
    expect(await ledger().recordListing(heir, EMPTY, PACE)).not.toBeNull();
  });

  test('goes on at the page where another worker stopped, or begins anew when that page is refused or old', async () => {
    const page = { ...EMPTY, sightings: [sightingOf(adOfAccount().ad, [])], next: 'page-2' };
    const first = (await ledger().recordListing(await taken(), page, PACE))?.lease;
    if (!first) throw new Error('the lease is ours');
    expect(first).toMatchObject({ after: 'page-2', pages: 1 });
    await ledger().leaveSurvey(first);
    const next = await taken();
    expect(next).toMatchObject({ after: 'page-2', pages: 1, changedSince: null });
    expect(await ledger().restartListing(next, PACE)).toMatchObject({ after: null, pages: 0 });
    await ledger().recordListing(next, page, PACE);
    await later(6 * HOUR);
    expect(await taken()).toMatchObject({ after: null, pages: 0 });
  });

  test('asks for what changed since the one before, less the skew, and for everything from time to time', async () => {
    await ledger().recordListing(await taken(), EMPTY, PACE);
    const [{ began } = { began: new Date(0) }] = await rows<{ began: Date }>(
      "select began_at as began from surveys where account_id = $1 and scope = 'whole'",
      [account.accountId],
    );
    await later(HOUR);
    const second = await taken();
    expect(second.changedSince).toBe(new Date(began.getTime() - HOUR - 60_000).toISOString());
    expect(await ledger().wholeSurveyDue([account], 6 * HOUR)).toBe(false);
    await later(5 * HOUR);
    expect(await ledger().wholeSurveyDue([account], 6 * HOUR)).toBe(true);
  });

  test('lists all ads again beside the changes, so that nobody waits for it', async () => {
    await ledger().recordListing(await taken(), EMPTY, PACE);
    expect(await ledger().takeSurvey(account, 'beside', PACE)).toEqual({ kind: 'not-due' });
    await later(6 * HOUR);
    const beside = await taken('beside');
    expect(beside).toMatchObject({ scope: 'whole', changedSince: null });
    expect(await ledger().wholeSurveyDue([account], 6 * HOUR)).toBe(false);
    const changes = await taken();
    expect(changes).toMatchObject({ scope: 'changes', changedSince: expect.any(String) });
    await ledger().recordListing(changes, EMPTY, PACE);
    expect(await ledger().surveyDueInMs([account], HOUR)).toBeGreaterThan(HOUR - 60_000);
    await ledger().recordListing(beside, EMPTY, PACE);
    expect(await ledger().takeSurvey(account, 'beside', PACE)).toEqual({ kind: 'not-due' });
  });

  test('begins anew under another digest, whose markets are not those of the first', async () => {
    const at = adOfAccount();
    const other: SurveyedAccount = { ...account, marketDigest: 'markets-2' };
    await ledger().recordListing(await taken(), { ...EMPTY, sightings: [sightingOf(at.ad, [at.surface])] }, PACE);
    expect(await ledger().surveyDueInMs([other], HOUR)).toBe(0);
    expect(await ledger().otherAdsOn(at.surface, newAd().ad, 'markets-2')).toMatchObject([
      { ad: at.ad, marketId: null, marketState: 'unknown' },
    ]);
    const turn = await ledger().takeSurvey(other, 'due', PACE);
    if (turn.kind !== 'yours') throw new Error('nobody else is at it');
    expect(turn.lease).toMatchObject({ scope: 'whole', changedSince: null });
    const sightings = [sightingOf(at.ad, [at.surface], { marketId: 'fr-FR', marketDigest: 'markets-2' })];
    await ledger().recordListing(turn.lease, { ...EMPTY, sightings }, PACE);
    expect(await ledger().otherAdsOn(at.surface, newAd().ad, 'markets-2')).toMatchObject([{ marketId: 'fr-FR' }]);
    expect(await onIt(at.surface)).toMatchObject([{ marketId: 'de-DE', marketState: 'found' }]);
  });

  test('that the platform closed is left alone until it opens, by everybody', async () => {
    const lease = await taken();
    await ledger().closeListing(lease, HOUR, 'not now');
    await ledger().leaveSurvey(lease);
    expect(await ledger().takeSurvey(account, 'due', PACE)).toEqual({
      kind: 'closed',
      opensInMs: expect.toSatisfy((opensInMs) => opensInMs > HOUR - 60_000 && opensInMs <= HOUR),
      says: 'not now',
    });
    await later(HOUR);
    expect((await ledger().takeSurvey(account, 'due', PACE)).kind).toBe('yours');
  });

  test('asks for half as many ads after a page that was too much, remembers it, and grows again', async () => {
    const lease = await taken();
    expect(lease.pageSize).toBe(50);
    expect(await ledger().noteListingTrouble(lease, true)).toBe(1);
    expect(await ledger().noteListingTrouble(lease, false)).toBe(2);
    await ledger().leaveSurvey(lease);
    const smaller = await taken();
    expect(smaller.pageSize).toBe(25);
    const recorded = await ledger().recordListing(smaller, { ...EMPTY, next: 'two' }, PACE);
    expect(recorded?.lease.pageSize).toBe(30);
    expect(await ledger().noteListingTrouble(smaller, true)).toBe(1);
    for (let again = 0; again < 6; again += 1) await ledger().noteListingTrouble(smaller, true);
    await ledger().leaveSurvey(smaller);
    expect((await taken()).pageSize).toBe(5);
  });

  test.each([1, 2, 3, 7])('knows a circle of %i cursors, and none in a long listing', async (length) => {
    let lease: SurveyLease = await taken();
    const next = async (cursor: string) => {
      const recorded = await ledger().recordListing(lease, { ...EMPTY, next: cursor }, PACE);
      if (!recorded) throw new Error('the lease is ours');
      lease = recorded.lease;
      return recorded.circling;
    };
    for (let page = 0; page < 20; page += 1) expect(await next(`straight-${page}`)).toBe(false);
    const circling: boolean[] = [];
    for (let page = 0; page < 60; page += 1) circling.push(await next(`round-${page % length}`));
    expect(circling).toContain(true);
  });
});

describe('the listing of an account', () => {
  test('makes ads known that no run ever resolved, with their markets', async () => {
    const [clear, unclear] = [adOfAccount(), adOfAccount()];
    const lease = await taken();
    const sightings = [sightingOf(clear.ad, [clear.surface]), sightingOf(unclear.ad, [clear.surface], { marketId: null })];
    await ledger().recordListing(lease, { ...EMPTY, sightings, misfits: 1 }, PACE);
    expect(await onIt(clear.surface)).toMatchObject([
      expect.objectContaining({ ad: expect.anything() }),
      expect.objectContaining({ ad: expect.anything() }),
    ]);
    expect(await ledger().otherAdsOn(clear.surface, clear.ad, MARKETS)).toMatchObject([
      { ad: unclear.ad, marketState: 'unclear' },
    ]);
    expect(await ledger().otherAdsOn(clear.surface, unclear.ad, MARKETS)).toMatchObject([{ ad: clear.ad, marketId: 'de-DE' }]);
    expect(await rows("select ads, misfits from surveys where account_id = $1 and scope = 'whole'", [account.accountId])).toEqual(
      [{ ads: 2, misfits: 1 }],
    );
  });

  test('does not undo what a run saw after the page was asked for', async () => {
    const at = adOfAccount();
    const newer = newAd().surface;
    const lease = await taken();
    await ledger().runStarted({ run: at.run, ad: at.ad, mode: 'pipeline', brandDigest: 'brand-1' });
    await ledger().recordResolution(at.run, snapshotOf(at.ad), [newer], sightingOf(at.ad, [newer]));
    await ledger().recordListing(lease, { ...EMPTY, sightings: [sightingOf(at.ad, [at.surface])] }, PACE);
    expect(await onIt(at.surface)).toEqual([]);
    expect(await onIt(newer)).toHaveLength(1);
  });

  /** An ad that a run saw two hours ago. */
  async function knownBefore() {
    const at = adOfAccount();
    await ledger().runStarted({ run: at.run, ad: at.ad, mode: 'pipeline', brandDigest: 'brand-1' });
    await ledger().recordResolution(at.run, snapshotOf(at.ad), [at.surface], sightingOf(at.ad, [at.surface]));
    await rows("update ads set last_seen_at = last_seen_at - interval '2 hours' where ad_id = $1", [at.ad.adId]);
    return at;
  }

  test('ends ads that a whole listing does not name, until they are seen again', async () => {
    const at = await knownBefore();
    await ledger().recordListing(await taken(), EMPTY, PACE);
    expect(await onIt(at.surface)).toEqual([]);
    await ledger().recordResolution(at.run, snapshotOf(at.ad), [at.surface], sightingOf(at.ad, [at.surface]));
    expect(await onIt(at.surface)).toHaveLength(1);
  });

  test('counts pages in a row without an ad that is new to it', async () => {
    const [first, second] = [adOfAccount(), adOfAccount()];
    const lease = await taken();
    const page = (at: typeof first, next: string) => ({ ...EMPTY, sightings: [sightingOf(at.ad, [at.surface])], next });
    const one = await ledger().recordListing(lease, page(first, 'two'), PACE);
    expect(one?.lease).toMatchObject({ barren: 0, ads: 1 });
    const again = await ledger().recordListing(one?.lease ?? lease, page(first, 'three'), PACE);
    expect(again?.lease).toMatchObject({ barren: 1, ads: 2 });
    const other = await ledger().recordListing(again?.lease ?? lease, page(second, 'four'), PACE);
    expect(other?.lease).toMatchObject({ barren: 0, ads: 3 });
  });

  test('ends none when only changes were asked for, or a row could not be read', async () => {
    const at = await knownBefore();
    await ledger().recordListing(await taken(), { ...EMPTY, unreadable: 1 }, PACE);
    expect(await onIt(at.surface)).toHaveLength(1);
    await later(HOUR);
    const changes = await taken();
    expect(changes.changedSince).not.toBeNull();
    await ledger().recordListing(changes, EMPTY, PACE);
    expect(await onIt(at.surface)).toHaveLength(1);
  });

  test('notes mismatches with the page, and takes the page again when that failed', async () => {
    const scene = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), scene.request);
    await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
    const joining = adOfAccount();
    const page = { ...EMPTY, sightings: [sightingOf(joining.ad, [scene.surface], { marketId: 'fr-FR' })] };
    const lease = await taken();
    await rows('alter table incidents rename to incidents_away');
    await expect(ledger().recordListing(lease, page, PACE)).rejects.toThrow(/older than this program/);
    await rows('alter table incidents_away rename to incidents');
    expect(await ledger().surveyDueInMs([account], HOUR)).toBe(0);
    await ledger().leaveSurvey(lease);
    const again = await taken();
    expect(again).toMatchObject({ after: null, pages: 0 });
    expect(await ledger().recordListing(again, page, PACE)).toMatchObject({ mismatched: [scene.surface.surfaceId] });
  });
});
