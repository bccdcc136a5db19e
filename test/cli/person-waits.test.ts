import { expect, test } from 'vitest';
import { watchPersonWaits } from '../../cli/start/person-waits.ts';
import type { WaitingReason } from '../../domain/outcome.ts';
import type { RunState, SurfaceState, Wait } from '../../workflows/messages.ts';

const PAUSE = '00000000-0000-4000-8000-000000000000';
const ads = (approved: readonly boolean[]) =>
  approved.map((yes, index) => ({
    ad: { platform: 'meta', accountId: 'act_100200', adId: String(index) } as const,
    approve: yes ? { by: 'M', why: 'fine' } : null,
  }));

const waitFor = (reason: WaitingReason, key = 'k'): Wait => ({ reason, key, says: 'says', until: null, needsHuman: false });

function surface(change: Partial<SurfaceState>): SurfaceState {
  return {
    surface: { platform: 'meta', kind: 'facebook-post', surfaceId: '1_2' },
    ...{ stage: 'publish', outcome: null, says: '', wait: null, text: null, link: null, commentId: null, permalink: null },
    ...{ rank: null, rules: [], publishedNow: false },
    ...change,
  };
}

function run(index: number, change: Partial<RunState>): RunState {
  return {
    ad: { platform: 'meta', accountId: 'act_100200', adId: String(index) },
    ...{ adName: null, marketId: null, patternId: null, stage: 'publish', wait: null, surfaces: [], unusable: [] },
    ...{ outcome: null, says: '' },
    ...change,
  };
}

const held = (reason: WaitingReason, key?: string) => {
  const wait = waitFor(reason, key);
  return { wait, surfaces: [surface({ wait })] };
};

test('each wait for a person is told once, with the command that ends it', () => {
  const waits = watchPersonWaits(ads([false, false]));
  expect(waits.saw(0, run(0, held('awaiting-approval')))).toMatchObject([
    { ad: 'meta/act_100200/0', command: 'first-comment approve meta/act_100200/0 --by … --why …' },
  ]);
  expect(waits.saw(0, run(0, held('awaiting-approval')))).toEqual([]);
  expect(waits.saw(1, run(1, held('paused', PAUSE)))).toMatchObject([
    { command: `first-comment resume ${PAUSE} --by … --why …` },
  ]);
});

test('nothing is told of a wait that ends by itself, or that the script ends', () => {
  const waits = watchPersonWaits(ads([false, true]));
  expect(waits.saw(0, run(0, held('throttled')))).toEqual([]);
  expect(waits.saw(1, run(1, held('awaiting-approval')))).toEqual([]);
  expect(waits.onlyPeople()).toEqual([]);
});

test('only people remain when every other run has ended, or waits for one that waits for a person', () => {
  const waits = watchPersonWaits(ads([false, false, false]));
  waits.saw(0, run(0, held('paused', PAUSE)));
  waits.saw(1, run(1, { outcome: 'visible' }));
  expect(waits.onlyPeople()).toEqual([]);
  waits.saw(2, run(2, {}));
  expect(waits.onlyPeople()).toEqual([]);
  waits.saw(2, run(2, held('awaiting-claim')));
  expect(waits.onlyPeople()).toMatchObject([{ ad: 'meta/act_100200/0', reason: 'paused' }]);
});

test('a run of which one surface still moves is not left to people', () => {
  const waits = watchPersonWaits(ads([false]));
  const wait = waitFor('awaiting-approval');
  waits.saw(0, run(0, { wait, surfaces: [surface({ wait }), surface({})] }));
  expect(waits.onlyPeople()).toEqual([]);
  waits.saw(0, run(0, { wait, surfaces: [surface({ wait }), surface({ outcome: 'visible' })] }));
  expect(waits.onlyPeople()).toHaveLength(1);
});

test('where all runs have ended, nobody is waited for', () => {
  const waits = watchPersonWaits(ads([false]));
  waits.saw(0, run(0, { outcome: 'blocked' }));
  expect(waits.onlyPeople()).toEqual([]);
});
