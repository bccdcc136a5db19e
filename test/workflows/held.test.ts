import { describe, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import type { Brand } from '../../domain/brand.ts';
import { copyHash } from '../../domain/copy/hash.ts';
import { surfaceKey } from '../../domain/surface-key.ts';
import type { Ledger } from '../../store/ledger.ts';
import { describe as describeRun } from '../../workflows/describe.ts';
import { approveSignal, rejectSignal } from '../../workflows/messages.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { exampleBrand, onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

/** Holds every run under whose ad a stranger has commented. */
function holding(brand: Brand): Brand {
  return { ...brand, policy: { ...brand.policy, severities: { 'first-in-thread': { brand: 'hold' } } } };
}

/** Holds every run of an ad of a special category, also where our comment stands. */
function askingForHousing(brand: Brand): Brand {
  return { ...brand, policy: { ...brand.policy, severities: { 'special-category': { brand: 'hold' } } } };
}

const HOUSING = { ad: { special_ad_categories: ['HOUSING'] } };

const MARA = { by: 'Mara, social lead', why: 'it still helps whoever reads it' };

describe('a held run', () => {
  const stage = stageForThisFile({ brand: exampleBrand(holding) });

  async function heldAd(wish: Parameters<ReturnType<typeof stage>['newAd']>[0] = {}) {
    const seeded = await stage().newAd({ strangers: 2, ...wish });
    await stage().client.start(seeded.ad);
    const state = await stage().waiting(seeded.ad, 'awaiting-approval');
    return { ...seeded, state };
  }

  const signal = (ad: { adId: string }) =>
    stage().temporal.workflow.getHandle(workflowIdOf({ platform: 'meta', accountId: 'act_100200', ...ad }));

  test('shows what holds it and what would be published, and has no claim on the surface', async () => {
    const { ad, postId, state } = await heldAd();
    expect(onlySurface(state).text).toContain('fcid=');
    expect(onlySurface(state).wait).toMatchObject({ key: postId, says: expect.stringContaining('first-in-thread') });
    const story = await stage().story(ad);
    expect(story.waiting).toMatchObject([{ reason: 'awaiting-approval', key: postId }]);
    expect(story.claims).toEqual([]);
    await expectNoComment(stage(), postId);
    const { typedSearchAttributes } = await stage().temporal.workflow.getHandle(workflowIdOf(ad)).describe();
    const found = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    expect(found).toMatchObject({ FcWaiting: 'awaiting-approval', FcNeedsHuman: true });
    await stage().client.reject(ad, MARA);
    await stage().client.result(ad);
  });

  test('is published when a person approves it, and the ledger keeps their word', async () => {
    const { ad, postId, state } = await heldAd();
    await stage().client.approve(ad, MARA);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(state).text);
    const story = await stage().story(ad);
    expect(story.releases).toMatchObject([{ ...MARA, surfaceId: postId, releaseDigest: story.judgements[0]?.releaseDigest }]);
    expect(story.waiting).toEqual([]);
  });

  test('is published when the approval comes as a signal', async () => {
    const { ad, postId, state } = await heldAd();
    await signal(ad).signal(approveSignal, MARA);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(state).text);
    expect((await stage().story(ad)).releases).toMatchObject([MARA]);
  });

  test('on two surfaces is released by one word for both', async () => {
    const { ad, postId, mediaId } = await heldAd({ market: 'es-ES', on: ['facebook', 'instagram'] });
    await stage().client.approve(ad, MARA);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, end.surfaces[0]?.text ?? null);
    await expectOneComment(stage(), mediaId, end.surfaces[1]?.text ?? null);
    expect((await stage().story(ad)).releases).toHaveLength(2);
  });

  test('ends as blocked when a person rejects it, by update or signal, and nothing is sent', async () => {
    const [one, other] = [await heldAd(), await heldAd()];
    await stage().client.reject(one.ad, MARA);
    await signal(other.ad).signal(rejectSignal, MARA);
    for (const { ad, postId } of [one, other]) {
      expect(await stage().client.result(ad)).toMatchObject({ outcome: 'blocked', says: expect.stringContaining(MARA.by) });
      await expectNoComment(stage(), postId);
      const story = await stage().story(ad);
      expect(story.rejections).toMatchObject([MARA]);
      expect(story.attempts).toEqual([]);
    }
  });

  test('takes no word from nobody', async () => {
    const { ad, postId } = await heldAd();
    await expect(stage().client.approve(ad, { by: ' ', why: 'x' })).rejects.toMatchObject({ kind: 'refused' });
    await expect(stage().client.approve(ad, { by: 'x', why: '' })).rejects.toMatchObject({ kind: 'refused' });
    await signal(ad).signal('approve');
    await signal(ad).signal('approve', {});
    await signal(ad).signal('reject', { by: 'Mara' });
    await stage().waiting(ad, 'awaiting-approval');
    await stage().client.reject(ad, MARA);
    expect((await stage().client.result(ad)).outcome).toBe('blocked');
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).releases).toEqual([]);
  });

  test('does not publish a copy whose approval was revoked while it was held', async () => {
    const { ad, postId } = await heldAd({ market: 'fr-FR' });
    const proposal = (await stage().story(ad)).judgements[0]?.proposal;
    if (!proposal || !('copyHash' in proposal)) throw new Error('a proposal was expected');
    await stage().ledger.revokeApproval(proposal.copyHash, 'Legal', 'the offer ended');
    await stage().client.approve(ad, MARA);
    expect(await stage().client.result(ad)).toMatchObject({ outcome: 'blocked', says: expect.stringContaining('revoked') });
    await expectNoComment(stage(), postId);
    const story = await stage().story(ad);
    expect(story.attempts).toEqual([]);
    expect(story.claims).toMatchObject([{ state: 'released' }]);
  });

  test('refuses an approval when nothing is held', async () => {
    const { ad } = await stage().newAd();
    const { id } = await stage().ledger.pause({ kind: 'pause', scope: 'marketId', value: 'de-DE', by: 'Ops', why: 'test' });
    await stage().client.start(ad);
    await stage().waiting(ad, 'paused');
    await expect(stage().client.approve(ad, MARA)).rejects.toMatchObject({ kind: 'refused' });
    await stage().ledger.resume(id, 'Ops', 'done');
    await stage().client.retry(ad);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
    await expect(stage().client.approve(ad, MARA)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('ended'),
    });
    expect((await stage().story(ad)).releases).toEqual([]);
  });
});

describe('a hold where our comment stands already', () => {
  /** Done just before a claim is taken: after the facts, before the look. */
  let beforeClaim = async (): Promise<unknown> => undefined;
  let beforeGate = beforeClaim;
  const interrupted = (ledger: Ledger): Ledger => ({
    ...ledger,
    claim: async (request) => {
      await beforeClaim();
      return ledger.claim(request);
    },
    gate: async (request) => {
      await beforeGate();
      return ledger.gate(request);
    },
  });
  const stage = stageForThisFile({ brand: exampleBrand(askingForHousing), ledger: interrupted });

  async function approved() {
    const seeded = await stage().newAd(HOUSING);
    await stage().client.start(seeded.ad);
    await stage().waiting(seeded.ad, 'awaiting-approval');
    await stage().client.approve(seeded.ad, MARA);
    return { ...seeded, first: onlySurface(await stage().client.result(seeded.ad)) };
  }

  const holds = expect.arrayContaining([expect.objectContaining({ rule: 'special-category', verdict: 'hold' })]);

  async function ourWordsOn(postId: string) {
    const key = surfaceKey('brightloom', { platform: 'meta', surfaceId: postId });
    const message = `An older text of ours: https://www.brightloom.example/de-de/leinen?fcid=${key}`;
    return stage().sandbox.comment({ object_id: postId, message, application_id: '900100' });
  }

  test('asks nobody again: what stands is verified, and the held rule stays noted', async () => {
    const { ad, postId, first } = await approved();
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    expect(onlySurface(end)).toMatchObject({ commentId: first.commentId, publishedNow: false, rules: holds });
    await expectOneComment(stage(), postId, first.text);
    const story = await stage().story(ad);
    expect(story.releases).toMatchObject([MARA]);
    expect(story.judgements.map(({ verdict }) => verdict)).toEqual(['hold', 'hold']);
    expect(story.attempts).toHaveLength(1);
  });

  test('asks nobody either when newer comments keep ours out of the first page', async () => {
    const { ad, postId, first } = await approved();
    const from = { id: '555009', name: 'Jane Roe' };
    const many = Array.from({ length: 120 }, (_, index) => ({ object_id: postId, from, message: `how much? ${index}` }));
    for (const comment of many) await stage().sandbox.comment(comment);
    expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible', commentId: first.commentId, rules: holds });
    await expectOneComment(stage(), postId, first.text);
  });

  test('asks nobody to adopt a comment that the ledger has lost', async () => {
    const { ad, postId } = await stage().newAd(HOUSING);
    const commentId = await ourWordsOn(postId);
    expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible', commentId, rules: holds });
    await expectNoComment(stage(), postId);
  });

  test('waits for a person after all when nothing of ours is found there, whatever later facts say', async () => {
    const { ad, postId, pageId } = await stage().newAd(HOUSING);
    const commentId = await ourWordsOn(postId);
    beforeClaim = () => stage().sandbox.patch(commentId, { from: { id: '555001', name: 'Jane Roe' } });
    beforeGate = () => stage().sandbox.patch(commentId, { from: { id: pageId, name: 'Brightloom Deutschland' } });
    try {
      await stage().client.start(ad);
      await stage().waiting(ad, 'awaiting-approval');
    } finally {
      beforeClaim = async () => undefined;
      beforeGate = beforeClaim;
    }
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).claims).toMatchObject([{ state: 'released' }]);
    await stage().client.reject(ad, MARA);
    expect((await stage().client.result(ad)).outcome).toBe('blocked');
    await expectNoComment(stage(), postId);
  });
});

describe('a hold', () => {
  const stage = stageForThisFile({ timing: { holdExpiresMs: 500 } });

  test('that nobody answers expires, and the run ends as blocked', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
    expect(await stage().run(ad)).toMatchObject({ outcome: 'blocked', says: expect.stringContaining('ran out') });
    await expectNoComment(stage(), mediaId);
    const story = await stage().story(ad);
    expect(story.attempts).toEqual([]);
    expect(story.waiting).toEqual([]);
  });
});

describe('a run that is held while the brand folder changes', () => {
  const before = exampleBrand(holding);
  const stage = stageForThisFile({ brand: before, worker: false });

  test('asks again for the new text, and never publishes the old one', async () => {
    const after = withOtherGermanText(before);
    const first = await stage().startWorker();
    const { ad, postId } = await stage().newAd({ strangers: 1 });
    await stage().client.start(ad);
    const held = onlySurface(await stage().waiting(ad, 'awaiting-approval'));
    await first.stop();

    await stage().ledger.importApprovals(after.approvals);
    await stage().startWorker({ brand: after });
    await stage().client.approve(ad, MARA);
    const asked = await until('the run asks for the new text', async () => {
      const state = await stage().client.state(ad);
      return onlySurface(state).text !== held.text && state.wait?.reason === 'awaiting-approval' && state;
    });
    expect(onlySurface(asked).text).toMatch(/^Neu\. /);
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).attempts).toEqual([]);

    await stage().client.approve(ad, { by: 'Mara', why: 'the new text fits too' });
    expect((await stage().client.result(ad)).outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(asked).text);
    expect((await stage().story(ad)).releases).toHaveLength(2);
  });
});

describe('a run again after the brand folder changed', () => {
  const before = exampleBrand();
  const stage = stageForThisFile({ brand: before, worker: false });

  test('shows the text that stands, and says that it is an older one', async () => {
    const first = await stage().startWorker();
    const { ad, postId } = await stage().newAd();
    const written = onlySurface(await stage().run(ad));
    expect(written.olderText).toBe(false);
    expect(onlySurface(await stage().run(ad))).toMatchObject({ text: written.text, link: written.link, olderText: false });
    await first.stop();

    const after = withOtherGermanText(before);
    await stage().ledger.importApprovals(after.approvals);
    await stage().startWorker({ brand: after });
    const again = await stage().run(ad);
    expect(onlySurface(again)).toMatchObject({ outcome: 'visible', text: written.text, olderText: true });
    expect(describeRun(again)).toContain('An older text stands');
    await expectOneComment(stage(), postId, written.text);

    const other = await stage().newAd({ samePostAs: { ad, postId, mediaId: '', pageId: '', instagramId: '' } });
    expect(onlySurface(await stage().run(other.ad))).toMatchObject({ outcome: 'covered', text: written.text, olderText: true });
  });
});

describe('workers that do not agree about the brand folder', () => {
  const stage = stageForThisFile({ serves: ['workflows', 'reads'] });

  test('send nothing until they do', async () => {
    const { ad, postId } = await stage().newAd();
    const other = await stage().startWorker({ serves: ['writes'], brand: withOtherGermanText(stage().brand) });
    await stage().client.start(ad);
    await until('the gate was asked twice', async () => (await stage().story(ad)).judgements.length >= 2);
    await other.stop();
    expect(await stage().sandbox.publishRequests()).toBe(0);
    expect((await stage().story(ad)).attempts).toEqual([]);
    await stage().startWorker({ serves: ['writes'] });
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });
});

function withOtherGermanText(brand: Brand): Brand {
  const copy = brand.copy.map((each) => {
    if (each.locale !== 'de-DE' || each.patternId !== 'next-step') return each;
    const source = `Neu. ${each.source}`;
    const slots = brand.patterns.find(({ id }) => id === each.patternId)?.slots ?? {};
    return { ...each, version: 2, source, hash: copyHash(source, slots) };
  });
  const approvals = copy
    .filter(({ version }) => version === 2)
    .map(({ patternId, locale, version, capability, hash }) => ({
      ...{ patternId, locale, version, capability, hash },
      ...{ approvedBy: 'Legal', approvedAt: '2026-11-21T09:00:00.000Z', expiresAt: null },
    }));
  return { ...brand, copy, approvals: [...brand.approvals, ...approvals], digest: 'another-digest' };
}
