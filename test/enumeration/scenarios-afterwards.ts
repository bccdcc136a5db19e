import { setTimeout as sleep } from 'node:timers/promises';
import { NEXT_SWEEP_MS, SETTLES_MS } from './cell-timing.ts';
import type { FaultKind } from './faults/fault-kind.ts';
import { faultCalled } from './faults/index.ts';
import type { Afterwards, Script } from './play.ts';
import { meanwhile, NEVER, one, onInstagram, type Scenario, standing, terminated } from './scenario.ts';

/** What one sweep did not come to, the next one does; after a fault in one of them there are still enough. */
const SWEEPS = 4;

const SWEPT: readonly Afterwards[] = Array.from({ length: SWEEPS }, (_, before) => async (hands) => {
  await sleep(before === 0 ? SETTLES_MS : NEXT_SWEEP_MS);
  hands.sweep();
});

const ordered =
  ({ retract }: { readonly retract: boolean }): Afterwards =>
  ({ order }) =>
    order({ retract });

/** The attempt can be settled by now: whether a retract must wait for that would be a matter of this machine. */
const settleable: Afterwards = () => sleep(SETTLES_MS);

/** The run is terminated with its request on its way, so that only the gate's row is left of it. */
const ORPHANED: Readonly<Record<string, FaultKind>> = { 'A platform.publish#1': terminated, 'A ledger.recordResult#1': NEVER };
/** The same, and nothing reached the platform. */
const ORPHANED_UNSENT: Readonly<Record<string, FaultKind>> = {
  'A platform.publish#1': {
    name: 'the run is terminated meanwhile, and nothing arrives',
    fits: () => true,
    make: (hands, call) => ({ ...terminated.make(hands, call), instead: async () => terminatedUnsent(hands, call) }),
  },
  'A ledger.recordResult#1': NEVER,
};

async function terminatedUnsent(...[hands, call]: Parameters<FaultKind['make']>): Promise<unknown> {
  const { instead } = terminated.make(hands, call);
  return instead?.(async () => ({ kind: 'unknown', says: 'the answer did not come', code: null }), []);
}

/** The order is given just when the request is on its way; then it lands. */
const orderedMeanwhile = meanwhile('a withdrawal is ordered meanwhile', ({ order }) => order());
/** The same, and its answer is lost. */
const orderedAndLost: FaultKind = {
  name: 'a withdrawal is ordered meanwhile, and the answer is lost',
  fits: () => true,
  make: (hands) => ({
    name: 'a withdrawal is ordered meanwhile, and the answer is lost',
    instead: async (act) => {
      hands().order();
      await act();
      return { kind: 'unknown', says: 'the answer did not come', code: null };
    },
  }),
};

/** The order is given while the comment cannot be read yet, so that the run reads again when it is gone. */
const orderedUnread: FaultKind = {
  name: 'a withdrawal is ordered, and the comment cannot be read yet',
  fits: () => true,
  make: (hands) => ({
    name: 'a withdrawal is ordered, and the comment cannot be read yet',
    instead: async () => {
      hands().order();
      return { kind: 'gone' };
    },
  }),
};

/** As long as the retract can do anything, it does. */
const RETRACT_AHEAD: Script['order'] = () => (turns) =>
  Math.max(
    0,
    turns.findIndex(({ of, what }) => of.includes('retract') || what === 'the order'),
  );

const hide: Afterwards = ({ platform }) => {
  for (const comment of platform.comments) comment.hidden = true;
};

const swept = (script: Script): Script => ({ ...script, afterwards: SWEPT });

/** What repair, sweeps and withdrawals do after a run, or beside it. */
export const SCENARIOS_AFTERWARDS: readonly Scenario[] = [
  {
    name: 'second',
    says: 'a request lands later than L, and verify finds two comments of ours',
    script: one,
    faults: { 'A platform.publish#1': faultCalled('acts after the next look') },
    beyond: 'not-acted',
  },
  {
    name: 'second-later',
    says: 'a request lands long after the end, and a later look finds two comments of ours',
    script: { ...one, afterwards: [standing, ...SWEPT] },
    beyondPromise: true,
    swept: true,
    beyond: 'one',
  },
  {
    name: 'hidden-later',
    says: 'somebody hides the comment, and a later look tells',
    script: { ...one, afterwards: [hide, ...SWEPT] },
    swept: true,
    beyond: 'one',
  },
  {
    name: 'later-look-throttled',
    says: 'the platform has no room for a later look',
    script: swept(one),
    faults: { 'S platform.readComment#1': faultCalled('read fails: throttled') },
    swept: true,
    beyond: 'hidden-later',
  },
  {
    name: 'orphaned',
    says: 'the run is terminated with its request on its way, and sweeps settle it',
    script: swept(one),
    faults: ORPHANED,
    swept: true,
    beyond: 'one',
  },
  {
    name: 'orphaned-unsent',
    says: 'as orphaned, and the request never arrived',
    script: swept(one),
    faults: ORPHANED_UNSENT,
    swept: true,
    beyond: 'orphaned',
  },
  {
    name: 'orphaned-throttled',
    says: 'as orphaned, and the platform has no room for the first reading',
    script: swept(one),
    faults: { ...ORPHANED, 'S platform.readThread#1': faultCalled('read fails: throttled') },
    swept: true,
    beyond: 'orphaned',
    rejoins: true,
  },
  {
    name: 'orphaned-later',
    says: 'as orphaned, and the first sweep hears that the run still lives',
    script: swept(one),
    faults: { ...ORPHANED, 'S runs.isOpen#1': faultCalled('says it still runs') },
    swept: true,
    beyond: 'orphaned',
    rejoins: true,
  },
  {
    name: 'orphaned-unprovable',
    says: 'as orphaned-unsent, where absence cannot be proven',
    script: swept(onInstagram),
    faults: ORPHANED_UNSENT,
    swept: true,
    beyond: 'instagram',
  },
  {
    name: 'withdrawn',
    says: 'a comment is withdrawn after the end of its run',
    script: { ...one, afterwards: [ordered({ retract: true })] },
    beyond: 'one',
  },
  {
    name: 'withdrawn-sending',
    says: 'a withdrawal is ordered while a request is on its way',
    script: one,
    faults: { 'A platform.publish#1': orderedMeanwhile },
    mayEnd: ['withdrawn'],
    beyond: 'one',
  },
  {
    name: 'withdrawn-settling',
    says: 'a withdrawal is ordered while the run settles a request of unknown outcome',
    script: one,
    faults: { 'A platform.publish#1': orderedAndLost },
    mayEnd: ['withdrawn'],
    beyond: 'one',
  },
  {
    name: 'withdrawn-orphaned',
    says: 'a withdrawal is ordered after the run was terminated with its request on its way',
    script: { ...one, afterwards: [settleable, ordered({ retract: true })] },
    faults: ORPHANED,
    beyond: 'orphaned',
  },
  {
    name: 'withdrawn-unsent',
    says: 'as withdrawn-orphaned, and the request never arrived',
    script: { ...one, afterwards: [settleable, ordered({ retract: true })] },
    faults: ORPHANED_UNSENT,
    beyond: 'withdrawn-orphaned',
  },
  {
    name: 'withdrawn-verifying',
    says: 'a comment is withdrawn while its run reads it back',
    script: { ...one, order: RETRACT_AHEAD },
    faults: { 'A platform.readComment#1': orderedUnread },
    mayEnd: ['withdrawn'],
    beyond: 'one',
  },
  {
    name: 'withdrawn-unprovable',
    says: 'as withdrawn-orphaned, with nothing sent, where absence cannot be proven',
    script: { ...onInstagram, afterwards: [settleable, ordered({ retract: true })] },
    faults: ORPHANED_UNSENT,
    beyond: 'orphaned-unprovable',
  },
  {
    name: 'withdrawn-by-sweep',
    says: 'a withdrawal is ordered, and nobody but sweeps carries it out',
    script: { ...one, afterwards: [ordered({ retract: false }), ...SWEPT] },
    swept: true,
    beyond: 'one',
  },
];
