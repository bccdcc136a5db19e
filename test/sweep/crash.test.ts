import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../store/ledger.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { landLate, makeLooksDue } from './scene.ts';

type Method =
  | 'recordedOn'
  | 'commentOn'
  | 'takeForRepair'
  | 'adopt'
  | 'decideRemovals'
  | 'recordRemoval'
  | 'recordVisibility'
  | 'closeLooks';
type Crash = { readonly method: Method; readonly when: 'before' | 'after' };

/** Armed once; the next call of the method comes to nothing, or its answer is lost. */
let armed: Crash | null = null;
let crashes = 0;

function crashing(ledger: Ledger): Ledger {
  return new Proxy(ledger, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]) => {
        const crash = armed?.method === name ? armed : null;
        if (crash) armed = null;
        if (crash?.when === 'before') die();
        const answer: unknown = await method.apply(target, given);
        if (crash?.when === 'after') die();
        return answer;
      };
    },
  });
}

function die(): never {
  crashes += 1;
  throw new Error('the process ended here');
}

const stage = stageForThisFile({ timing: { looksMs: [3_600_000], selfWakeMs: 600_000 }, ledger: crashing });

const METHODS: readonly Method[] = [
  'recordedOn',
  'commentOn',
  'takeForRepair',
  'adopt',
  'decideRemovals',
  'recordRemoval',
  'recordVisibility',
  'closeLooks',
];
const CRASHES = METHODS.flatMap((method): Crash[] => [
  { method, when: 'before' },
  { method, when: 'after' },
]);

describe('a sweep that ends half-way', () => {
  test.each(CRASHES)('$when $method leaves nothing undone and does nothing twice', async (crash) => {
    const { ad, postId } = await stage().newAd();
    const { commentId } = onlySurface(await stage().run(ad));
    const second = await landLate(stage(), postId);
    await makeLooksDue(stage(), postId);
    const before = crashes;
    armed = crash;
    // Temporal tries the step again, in this sweep or in the next one.
    await stage().runSweep();
    await makeLooksDue(stage(), postId);
    await stage().runSweep();
    expect(crashes).toBe(before + 1);
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
    const { incidents, publications, plannedLooks, claims, visibility } = await stage().story(ad);
    expect(incidents).toHaveLength(1);
    expect(publications.map((each) => each.commentId).sort()).toEqual([commentId, second].sort());
    expect(plannedLooks.every(({ doneAt }) => doneAt !== null)).toBe(true);
    expect(claims).toMatchObject([{ state: 'ours' }]);
    // Of the run, and of the look.
    expect(visibility.filter(({ visible }) => visible).length).toBeGreaterThanOrEqual(2);
    const removed = await stage().rows('select comment_id from publications where removed_at is not null and surface_id = $1', [
      postId,
    ]);
    expect(removed).toEqual([{ comment_id: second }]);
  });
});
