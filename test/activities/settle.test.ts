import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import { settle } from '../../activities/settle.ts';
import type { Settled, SettleInput } from '../../activities/settle-contract.ts';
import type { OwnComment, ThreadReading } from '../../domain/facts.ts';
import { DEFAULT_TIMING, type Timing } from '../../domain/timing.ts';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import type { CommentReading, PlatformAdapter } from '../../platforms/platform.ts';
import type { AttemptResult, GateRequest } from '../../store/ledger.ts';
import { exampleBrand } from '../helpers/stage.ts';
import { readyToEdit } from '../store/edit-scene.ts';
import { ledgerForThisFile } from '../store/ledger-for-file.ts';
import { passGate, readyToSend, TEXT } from '../store/scene.ts';

const { ledger, rows } = ledgerForThisFile();

const OURS: OwnComment = {
  commentId: 'c1',
  text: TEXT,
  createdAt: '2026-11-21T10:00:00.000Z',
  hidden: false,
  applicationId: null,
  replies: 0,
};

/** As if the platform could act on nothing late. */
const SETTLES_AT_ONCE = { sendByMs: 0, writeDeadlineMs: 0, lateLandingMs: 0, listLagMs: 1 } as const;

interface Circumstances {
  readonly timing?: Partial<Timing>;
  readonly result?: AttemptResult;
  /** What happens while a reading is under way. */
  readonly meanwhile?: (read: number, attemptId: string) => Promise<unknown>;
}

/** Settles an attempt of unknown outcome against a platform whose thread reads like this, one time after the other. */
async function settleWith(
  readings: readonly Partial<ThreadReading>[],
  { timing = {}, result = { kind: 'unknown', says: 'timed out' }, meanwhile = async () => undefined }: Circumstances = {},
): Promise<{ settled: Settled; reads: number; attemptId: string }> {
  const { ad, surface, run, request } = await readyToSend(ledger());
  const { attemptId } = await passGate(ledger(), request);
  await ledger().recordResult(attemptId, result, 'activity');
  let reads = 0;
  const readThread = async (): Promise<ThreadReading> => {
    const reading = readings[reads];
    reads += 1;
    if (!reading) throw new Error(`nobody expected reading ${reads}`);
    await meanwhile(reads, attemptId);
    return { own: [], strangers: { count: 0, earliestAt: null }, complete: true, readAt: new Date().toISOString(), ...reading };
  };
  const dependencies = dependenciesWith({ readThread }, request, timing);
  const proposal = {
    ...{ text: TEXT, link: null, marketId: 'de-DE', patternId: 'next-step', surfaceKey: 'k1' },
    ...{ identityId: '4000002', pageId: '4000002', utm: null },
  };
  const input = { run, ad, mode: 'pipeline', surface, factsId: request.factsId, proposal, attemptId } as const;
  return { settled: await runSettle(dependencies, input), reads, attemptId };
}

function dependenciesWith(meta: Partial<PlatformAdapter>, { owner }: GateRequest, timing: Partial<Timing> = {}): Dependencies {
  return {
    brand: exampleBrand(),
    profile: 'sandbox',
    timing: { ...DEFAULT_TIMING, ...SETTLES_AT_ONCE, ...timing },
    ledger: ledger(),
    platforms: { meta: { ...unreachableMeta(), ...meta } },
    runs: { wake: async () => true, wakeAll: async () => [], isOpen: async () => true },
    cluster: owner.cluster,
    namespace: owner.namespace,
  };
}

function runSettle(dependencies: Dependencies, input: SettleInput): Promise<Settled> {
  const environment = new MockActivityEnvironment();
  return environment.run<Parameters<typeof settle>, Settled, typeof settle>(settle, dependencies, input);
}

function unreachableMeta() {
  const secrets = () => ({ appSecret: 'no-secret-is-needed', systemUserToken: 'no-token-is-needed' });
  return createMetaAdapter({
    baseUrl: 'http://127.0.0.1:9',
    graphVersion: 'v26.0',
    appId: '900100',
    secrets,
    sendAdIdOnInstagram: false,
  });
}

describe('settling an edit whose outcome nobody knows', () => {
  const ANEW = `${TEXT} – neu`;

  /** Settles an edit of `c1` against a platform that shows it with these texts, one time after the other; `null`: it is gone. */
  async function settleEditWith(texts: readonly (string | null)[]) {
    const scene = await readyToEdit(ledger(), ANEW);
    const { attemptId } = await passGate(ledger(), scene.edit);
    await ledger().recordResult(attemptId, { kind: 'unknown', says: 'timed out' }, 'activity');
    let reads = 0;
    const readComment = async (): Promise<CommentReading> => {
      const text = texts[reads];
      reads += 1;
      if (text === undefined) throw new Error(`nobody expected reading ${reads}`);
      if (text === null) return { kind: 'gone' };
      return { kind: 'there', comment: { ...OURS, text }, authorId: null, hidden: false, permalink: null, listed: null };
    };
    const { surface, request } = scene;
    const dependencies = dependenciesWith({ readComment }, request);
    const settled = await runSettle(dependencies, { surface, attemptId });
    return { settled, reads, surface };
  }

  test('finds it once the comment reads as it was written', async () => {
    const { settled, reads } = await settleEditWith([TEXT, `  ${ANEW}\n`]);
    expect(settled).toMatchObject({ kind: 'found', commentId: 'c1', text: ANEW });
    expect(reads).toBe(2);
  });

  test('takes three readings with another text for proof that it did not take effect', async () => {
    const { settled, reads, surface } = await settleEditWith([TEXT, TEXT, TEXT]);
    expect(settled).toEqual({ kind: 'absent' });
    expect(reads).toBe(3);
    expect(await ledger().publicationsOn(surface)).toMatchObject([{ text: TEXT }]);
  });

  test('tells of a comment that somebody else has removed meanwhile', async () => {
    const { settled, surface } = await settleEditWith([null]);
    expect(settled).toEqual({ kind: 'absent' });
    expect(await rows('select kind from incidents where surface_id = $1', [surface.surfaceId])).toEqual([{ kind: 'drift' }]);
  });
});

describe('settling a publish request whose outcome nobody knows', () => {
  test('finds a comment that only the third reading shows', async () => {
    const { settled } = await settleWith([{}, {}, { own: [OURS] }]);
    expect(settled).toEqual({ kind: 'found', commentId: 'c1', text: OURS.text, publishedAt: OURS.createdAt });
  });

  test('takes three complete readings, no fewer, for proof that it is not there', async () => {
    const { settled, reads } = await settleWith([{}, {}, {}]);
    expect(settled).toEqual({ kind: 'absent' });
    expect(reads).toBe(3);
  });

  test('reads nothing while the platform may still act on the request', async () => {
    await expect(settleWith([], { timing: { lateLandingMs: 60_000 } })).rejects.toThrow('cannot be settled yet');
  });

  test.each([
    [{ kind: 'found', commentId: 'c7', says: 'Mara: it stands there' } as const, { kind: 'found', commentId: 'c7' }],
    [{ kind: 'absent', says: 'Mara: I looked' } as const, { kind: 'absent' }],
  ])('takes the finding that somebody has recorded meanwhile, and reads nothing (%j)', async (result, expected) => {
    const { settled, reads } = await settleWith([], { result, timing: { lateLandingMs: 60_000 } });
    expect(settled).toMatchObject(expected);
    expect(reads).toBe(0);
  });

  test('takes no comment of a later attempt for its own when another worker has settled it while this one stood still', async () => {
    const { settled, attemptId } = await settleWith([{}, { own: [OURS] }], {
      meanwhile: async (read, id) =>
        read === 2 && ledger().recordResult(id, { kind: 'absent', says: 'three readings' }, 'settling'),
    });
    expect(settled).toEqual({ kind: 'absent' });
    expect(await rows('select result ->> $1 as kind from attempts where attempt_id = $2', ['kind', attemptId])).toEqual([
      { kind: 'absent' },
    ]);
  });

  test.for([0, 1, 2])('proves nothing when one of the readings has a gap (the one after %i)', async (before) => {
    const { settled } = await settleWith([...Array.from({ length: before }, () => ({})), { complete: false }]);
    expect(settled).toMatchObject({ kind: 'unprovable' });
  });
});
