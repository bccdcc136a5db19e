import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import { verify } from '../../activities/verify.ts';
import type { Verified } from '../../activities/verify-contract.ts';
import type { OwnComment } from '../../domain/facts.ts';
import { DEFAULT_TIMING } from '../../domain/timing.ts';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import type { CommentReading } from '../../platforms/platform.ts';
import { exampleBrand } from '../helpers/stage.ts';
import { ledgerForThisFile } from '../store/ledger-for-file.ts';
import { passGate, readyToSend, TEXT } from '../store/scene.ts';

const { ledger } = ledgerForThisFile();

const PUBLISHED_AT = '2026-11-21T10:00:00.000Z';
const THERE: Extract<CommentReading, { kind: 'there' }> = {
  kind: 'there',
  comment: { commentId: 'c1', text: TEXT, createdAt: PUBLISHED_AT, hidden: false, applicationId: null, replies: 0 },
  authorId: '4000002',
  hidden: false,
  permalink: null,
  listed: { rank: 1, of: 1 },
};

/** Verifies a comment of long ago that the platform shows like this. */
async function verifyWith(
  reading: CommentReading,
  verifyWindowMs: number,
  { listed = [THERE.comment], mustRead }: { listed?: readonly OwnComment[]; mustRead?: string } = {},
): Promise<Verified> {
  const thread = { own: listed, strangers: { count: 0, earliestAt: null }, complete: true, readAt: PUBLISHED_AT };
  const { ad, surface, run, request } = await readyToSend(ledger());
  const { attemptId } = await passGate(ledger(), request);
  await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
  const secrets = () => ({ appSecret: 'no-secret-is-needed', systemUserToken: 'no-token-is-needed' });
  const address = { baseUrl: 'http://127.0.0.1:9', graphVersion: 'v26.0', appId: '900100', sendAdIdOnInstagram: false };
  const dependencies: Dependencies = {
    brand: exampleBrand(),
    profile: 'sandbox',
    timing: { ...DEFAULT_TIMING, verifyWindowMs },
    ledger: ledger(),
    platforms: {
      meta: { ...createMetaAdapter({ ...address, secrets }), readComment: async () => reading, readThread: async () => thread },
    },
    runs: { wake: async () => true, wakeAll: async () => [], isOpen: async () => true },
    cluster: request.owner.cluster,
    namespace: request.owner.namespace,
  };
  const proposal = {
    ...{ text: TEXT, link: null, marketId: 'de-DE', patternId: 'next-step', surfaceKey: 'k1' },
    ...{ identityId: '4000002', pageId: '4000002', utm: null },
  };
  const judged = { run, ad, mode: 'pipeline', surface, factsId: request.factsId, proposal } as const;
  const input = { ...judged, commentId: 'c1', publishedAt: PUBLISHED_AT, ...(mustRead === undefined ? {} : { mustRead }) };
  return new MockActivityEnvironment().run<Parameters<typeof verify>, Verified, typeof verify>(verify, dependencies, input);
}

test('a comment that is listed, ours and not hidden is visible', async () => {
  expect(await verifyWith(THERE, 0)).toMatchObject({ kind: 'visible', rank: 1, of: 1 });
});

test('one of which the platform does not say whether it is hidden is looked at again, and is never called visible', async () => {
  const silent = { ...THERE, hidden: null };
  await expect(verifyWith(silent, 60_000)).rejects.toThrow('does not say whether comment c1 is hidden');
  expect(await verifyWith(silent, 0)).toMatchObject({ kind: 'unconfirmed', says: expect.stringContaining('does not say') });
});

test('one that was edited is visible with its new text alone; while the former one is shown it is looked at again', async () => {
  const mustRead = `${TEXT} – neu`;
  await expect(verifyWith(THERE, 60_000, { mustRead })).rejects.toThrow('does not read as it was published');
  expect(await verifyWith(THERE, 0, { mustRead })).toMatchObject({ kind: 'unconfirmed' });
  const edited = { ...THERE, comment: { ...THERE.comment, text: mustRead } };
  expect(await verifyWith(edited, 0, { mustRead })).toMatchObject({ kind: 'visible' });
});

test('another comment of ours beside it is told before anything is said of the first', async () => {
  const second = { ...THERE.comment, commentId: 'c2' };
  expect(await verifyWith(THERE, 0, { listed: [THERE.comment, second] })).toMatchObject({
    kind: 'second-comment',
    says: expect.stringContaining('c2'),
  });
});

test('a comment that the brand wrote by hand is no second one of ours', async () => {
  const byHand = { ...THERE.comment, commentId: 'c3', text: 'Danke!' };
  expect(await verifyWith(THERE, 0, { listed: [THERE.comment, byHand] })).toMatchObject({ kind: 'visible' });
});
