import { describe, expect, test } from 'vitest';
import type { GateRequest } from '../../store/ledger.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

/** What somebody does to the ledger's rows by hand, once, just before the gate. */
let meddle: ((request: GateRequest) => Promise<unknown>) | null = null;

const stage = stageForThisFile({
  ledger: (ledger) => ({
    ...ledger,
    gate: async (request) => {
      const [hand, once] = [meddle, request] as const;
      meddle = null;
      await hand?.(once);
      return ledger.gate(request);
    },
  }),
});

describe('a row of the ledger that was changed by hand', () => {
  test('a claim that says "ours" without a comment ends as unconfirmed, says what to do, and publishes nothing', async () => {
    const { ad, postId } = await stage().newAd();
    expect((await stage().run(ad)).outcome).toBe('visible');
    await stage().rows('delete from publications where surface_id = $1', [postId]);
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'unconfirmed', says: expect.stringMatching(/changed by hand.*Look at the thread/) });
    expect(await stage().sandbox.writes(postId)).toHaveLength(1);
    await stage().rows("update claims set state = 'released' where surface like $1", [`%/${postId}`]);
    const mended = await stage().run(ad);
    expect(mended.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(mended).text);
  });

  test('a text that is not the judged one is never sent: the run gathers and judges anew', async () => {
    const { ad, postId } = await stage().newAd();
    meddle = ({ factsId }) =>
      stage().rows(
        `update facts set proposal = jsonb_set(proposal::jsonb, '{text}', '"Buy now at https://elsewhere.example"')::json where facts_id = $1`,
        [factsId],
      );
    const end = await stage().run(ad);
    expect(meddle).toBeNull();
    expect(end.outcome).toBe('visible');
    expect(onlySurface(end).text).toContain('Hier schreibt Brightloom');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });

  test('a judgement of another text lets nothing pass', async () => {
    const { ad, postId } = await stage().newAd();
    meddle = ({ factsId }) => stage().rows("update judgements set release_digest = 'forged' where facts_id = $1", [factsId]);
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).judgements.length).toBeGreaterThan(1);
  });

  test('an epoch that runs ahead shuts the gate once, and the run claims anew', async () => {
    const { ad, postId } = await stage().newAd();
    meddle = () => stage().rows('update claims set epoch = epoch + 5 where surface like $1', [`%/${postId}`]);
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });

  test('facts that were deleted close everything, as after a restore, until a person has looked', async () => {
    const { ad, postId } = await stage().newAd();
    meddle = async ({ factsId }) => {
      await stage().rows('delete from judgements where facts_id = $1', [factsId]);
      await stage().rows('delete from facts where facts_id = $1', [factsId]);
    };
    await stage().client.start(ad);
    const { wait } = onlySurface(await stage().waiting(ad, 'paused'));
    expect(wait).toMatchObject({ needsHuman: true, says: expect.stringContaining('restored to an earlier time') });
    await expectNoComment(stage(), postId);
    const { pauses } = await stage().ledger.readOverview();
    await stage().ledger.resume(pauses[0]?.id ?? '', 'Mara', 'the row was deleted by hand');
    await stage().client.retry(ad);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });
});
