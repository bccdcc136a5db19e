import { describe, expect, test } from 'vitest';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile();

const LANDED = [
  { fault: 'cut-after' },
  { fault: 'http-500-after' },
  { fault: 'hang-after', ms: 20_000 },
  { fault: 'error-after', code: 1 },
  { fault: 'error-after', code: 2, httpStatus: 500, is_transient: true },
  { fault: 'error-after', code: 506 },
  { fault: 'ok-with-error-body', acts: true },
  { fault: 'html-502', acts: true },
  { fault: 'bad-shape', acts: true },
  { fault: 'late-apply', ms: 1_000, answer: 'error-2' },
];

const NOT_LANDED = [
  { fault: 'cut-before' },
  { fault: 'http-500-before' },
  { fault: 'hang-before', ms: 20_000 },
  { fault: 'error', code: 506 },
  { fault: 'error', code: 2, httpStatus: 500 },
  { fault: 'html-502', acts: false },
  { fault: 'null-item' },
];

describe.concurrent('a publish request whose outcome nobody knows', () => {
  test.for(LANDED)('landed all the same (%j): it is found by settling and never repeated', async (fault) => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ ...fault, match: { method: 'POST', objectId: postId } });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    const surface = onlySurface(end);
    await expectOneComment(stage(), postId, surface.text);

    const { attempts, publications, claims, plannedLooks } = await stage().story(ad);
    expect(attempts).toMatchObject([{ n: 1, result: { kind: 'found', commentId: surface.commentId } }]);
    expect(attempts[0]?.records.map(({ result }) => result.kind)).toEqual(['unknown', 'unknown', 'found']);
    expect(publications).toMatchObject([{ commentId: surface.commentId, origin: 'adopted' }]);
    expect(claims).toMatchObject([{ state: 'ours' }]);
    expect(plannedLooks).toHaveLength(2);
  });

  test.for(NOT_LANDED)('did not land (%j): it is proven absent and sent again, once', async (fault) => {
    const { ad, postId } = await stage().newAd({ strangers: 1 });
    await stage().sandbox.fault({ ...fault, match: { method: 'POST', objectId: postId } });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    const surface = onlySurface(end);
    await expectOneComment(stage(), postId, surface.text);

    const { attempts, publications } = await stage().story(ad);
    expect(attempts).toMatchObject([
      { n: 1, result: { kind: 'absent' } },
      { n: 2, result: { kind: 'accepted', commentId: surface.commentId } },
    ]);
    expect(publications).toMatchObject([{ origin: 'accepted' }]);
  });

  test('is waited for as settling, until the platform can no longer act on it', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    const waiting = await stage().waiting(ad, 'settling');
    expect(onlySurface(waiting).wait).toMatchObject({ key: postId, until: expect.any(String) });
    expect((await stage().story(ad)).waiting).toMatchObject([{ reason: 'settling', key: postId }]);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
    expect((await stage().story(ad)).waiting).toEqual([]);
  });

  test('is found on Instagram when it landed', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: mediaId } });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), mediaId, onlySurface(end).text);
  });

  test('ends as unconfirmed on Instagram when it did not land, and no later run sends a second one', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
    await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: mediaId } });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'unconfirmed', says: expect.stringContaining('first-comment settle') });
    expect((await stage().run(ad)).outcome).toBe('unconfirmed');
    await expectNoComment(stage(), mediaId);
    const { attempts, claims, runs } = await stage().story(ad);
    expect(attempts).toMatchObject([{ n: 1, result: { kind: 'unknown' } }]);
    expect(claims).toMatchObject([{ state: 'unsettled' }]);
    expect(runs.map(({ outcome }) => outcome)).toEqual(['unconfirmed', 'unconfirmed']);
  });

  test("goes on from a person's finding that nothing is there, and keeps their word", async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
    await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: mediaId } });
    expect((await stage().run(ad)).outcome).toBe('unconfirmed');
    const [open] = (await stage().ledger.openAttempts()).filter(({ surfaceId }) => surfaceId === mediaId);
    await stage().ledger.recordResult(open?.attemptId ?? '', { kind: 'absent', says: 'Social Lead: I looked' }, 'person');
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), mediaId, onlySurface(end).text);
    expect((await stage().story(ad)).attempts[0]?.records).toContainEqual(
      expect.objectContaining({ by: 'person', result: expect.objectContaining({ says: 'Social Lead: I looked' }) }),
    );
  });

  test('goes on with the next run when a person has looked and says that nothing is there', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'es-ES', on: ['instagram'] });
    await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: mediaId } });
    expect((await stage().run(ad)).outcome).toBe('unconfirmed');
    const attemptId = (await stage().story(ad)).attempts[0]?.attemptId ?? '';
    await stage().ledger.recordResult(attemptId, { kind: 'absent', says: 'Mara: looked in the app' }, 'person');
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), mediaId, onlySurface(end).text);
    expect((await stage().story(ad)).attempts.map(({ result }) => result?.kind)).toEqual(['absent', 'accepted']);
  });

  test('is verified by the next run when a person has found the comment', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'es-ES', on: ['instagram'], media: { list_lag_seconds: 15 } });
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: mediaId } });
    expect((await stage().run(ad)).outcome).toBe('unconfirmed');
    const [written] = await stage().sandbox.writes(mediaId);
    const attemptId = (await stage().story(ad)).attempts[0]?.attemptId ?? '';
    const found = { kind: 'found', commentId: written?.commentId ?? '' } as const;
    await stage().ledger.recordResult(attemptId, found, 'person');
    const end = await stage().run(ad);
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId: written?.commentId, publishedNow: false });
    await expectOneComment(stage(), mediaId, onlySurface(end).text);
  });

  test('ends as refused when three requests in a row were proven absent', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'cut-before', times: 9, match: { method: 'POST', objectId: postId } });
    expect((await stage().run(ad)).outcome).toBe('refused');
    await expectNoComment(stage(), postId);
    const { attempts } = await stage().story(ad);
    expect(attempts.map(({ n, result }) => [n, result?.kind])).toEqual([
      [1, 'absent'],
      [2, 'absent'],
      [3, 'absent'],
    ]);
  });
});
