import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountRef, SurveyLease, SurveyPace } from '../../store/known-ads.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { newAd, passGate, readyToSend, sightingOf, snapshotOf } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

const HOUR = 3_600_000;
const PACE: SurveyPace = { everyMs: HOUR, wholeEveryMs: 6 * HOUR, skewMs: 60_000, leaseMs: 60_000 };
const EMPTY = { sightings: [], misfits: 0, unreadable: 0, next: null };

let count = 0;
let account: AccountRef;
beforeEach(() => {
  count += 1;
  account = { platform: 'meta', accountId: `act_5000${count}` };
});

async function taken(): Promise<SurveyLease> {
  const turn = await ledger().takeSurvey(account, PACE);
  if (turn.kind !== 'yours') throw new Error(`expected the survey, got ${turn.kind}`);
  return turn.lease;
}

/** As if so much time had passed since everything that the account's survey remembers. */
async function later(milliseconds: number): Promise<void> {
  await rows(
    `update surveys set covered_until = covered_until - $2 * interval '1 ms', whole_until = whole_until - $2 * interval '1 ms',
      leased_until = leased_until - $2 * interval '1 ms', began_at = began_at - $2 * interval '1 ms' where account_id = $1`,
    [account.accountId, milliseconds],
  );
}

/** An ad of the account, with a surface of its own. */
function adOfAccount() {
  const { ad, surface, run } = newAd();
  return { ad: { ...ad, ...account }, surface, run };
}

const onIt = (surface: ReturnType<typeof newAd>['surface']) => ledger().otherAdsOn(surface, newAd().ad);

describe('a survey', () => {
  test('is due until the account was listed to its end, and again when the time is over', async () => {
    const other: AccountRef = { platform: 'meta', accountId: `${account.accountId}9` };
    expect(await ledger().surveyDueInMs([account], HOUR)).toBe(0);
    const lease = await taken();
    expect(lease).toMatchObject({ changedSince: null, after: null, pages: 0 });
    expect(await ledger().surveyDueInMs([account], HOUR)).toBe(0);
    await ledger().recordListing(lease, EMPTY, PACE);
    expect(await ledger().surveyDueInMs([account], HOUR)).toBeGreaterThan(HOUR - 60_000);
    expect(await ledger().surveyDueInMs([account, other], HOUR)).toBe(0);
    expect(await ledger().takeSurvey(account, PACE)).toEqual({ kind: 'not-due' });
    await later(HOUR);
    expect(await ledger().surveyDueInMs([account], HOUR)).toBe(0);
    expect((await ledger().takeSurvey(account, PACE)).kind).toBe('yours');
  });

  test('is given to one of many who ask at once', async () => {
    const turns = await Promise.all(Array.from({ length: 8 }, () => ledger().takeSurvey(account, PACE)));
    expect(turns.map(({ kind }) => kind).sort()).toEqual([...Array(7).fill('held'), 'yours']);
  });

  test('is free for the next one when it was left, and when its lease ran out', async () => {
    await ledger().leaveSurvey(await taken());
    const dead = await taken();
    expect(await ledger().takeSurvey(account, PACE)).toEqual({ kind: 'held' });
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
      'select began_at as began from surveys where account_id = $1',
      [account.accountId],
    );
    await later(HOUR);
    const second = await taken();
    expect(second.changedSince).toBe(new Date(began.getTime() - HOUR - 60_000).toISOString());
    await ledger().recordListing(second, EMPTY, PACE);
    await later(5 * HOUR);
    expect((await taken()).changedSince).toBeNull();
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
    expect(await ledger().otherAdsOn(clear.surface, clear.ad)).toMatchObject([{ ad: unclear.ad, marketState: 'unclear' }]);
    expect(await ledger().otherAdsOn(clear.surface, unclear.ad)).toMatchObject([{ ad: clear.ad, marketId: 'de-DE' }]);
    expect(await rows('select ads, misfits from surveys where account_id = $1', [account.accountId])).toEqual([
      { ads: 2, misfits: 1 },
    ]);
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
