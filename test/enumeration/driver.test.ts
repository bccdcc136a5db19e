import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ledger } from '../../store/ledger.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import type { Fault } from './driver/boundary.ts';
import { faultCalled } from './faults/index.ts';
import { breachesOf, type Expected } from './judge.ts';
import { type Blow, play, type Script } from './play.ts';
import { openTheatre } from './theatre.ts';

let database: TestDatabase;
let theatre: Awaited<ReturnType<typeof openTheatre>>;

beforeAll(async () => {
  database = await createTestDatabase();
  theatre = await openTheatre(database.url);
});
afterAll(async () => {
  await theatre.close();
  await database.drop();
});

const ONE: Script = { ads: [['facebook-post']], order: () => () => 0 };
const TWO_ADS: Script = { ads: [['facebook-post'], ['facebook-post']], order: () => () => 0, surveyed: true };
const ANYTHING: Expected = { meets: [], mayEnd: [], beyondPromise: false, mayStand: false, swept: false };

/** Plays it with one fault at one call. */
function playWith(script: Script, key: string, fault: string, ledger: OpenLedger = theatre.ledger) {
  const call = { key, by: 'A', target: 'platform', method: '', n: 1, activity: 'publish', site: '' } as const;
  return play({ ...theatre, ledger }, script, (hands) => new Map([[key, faultCalled(fault).make(hands, call)]]));
}

function struckAt(afterActivation: number, name: string, strike: Blow['strike']): Blow {
  return { name, of: 'A', afterActivation, when: 'answering', strike };
}

/** The real ledger, but for some of its methods. */
function ledgerWith(changes: Partial<Ledger>): OpenLedger {
  return { ...theatre.ledger, ...changes };
}

const NOTHING: ReadonlyMap<string, Fault> = new Map();

describe('the driver that plays the Temporal server', () => {
  test('carries a run of one ad to its end, with one comment', async () => {
    const played = await play(theatre, ONE, () => NOTHING);
    expect(played.states[0]?.outcome).toBe('visible');
    expect(played.platform.comments).toHaveLength(1);
    expect(await breachesOf(played, ANYTHING, theatre.ledger)).toEqual([]);
  });

  test('plays the same events in the same order every time', async () => {
    const once = await play(theatre, TWO_ADS, () => NOTHING);
    const again = await play(theatre, TWO_ADS, () => NOTHING);
    expect(again.calls.map(({ key }) => key)).toEqual(once.calls.map(({ key }) => key));
  });

  test('does a local activity again when the worker died before its task was answered', async () => {
    const claims = (calls: readonly { readonly key: string }[]) => calls.filter(({ key }) => key.startsWith('A ledger.claim#'));
    const undisturbed = await play(theatre, ONE, () => NOTHING);
    const died = await playWith(ONE, 'A activity.claim (end)#1', 'worker dies before');
    expect(claims(undisturbed.calls)).toHaveLength(1);
    expect(claims(died.calls)).toHaveLength(2);
    expect(died.states[0]?.outcome).toBe('visible');
  });

  test('never gives the publish step a second attempt', async () => {
    const { calls, platform } = await playWith(ONE, 'A ledger.gate#1', 'worker dies after');
    const begun = calls.filter(({ key }) => key.startsWith('A activity.publish#'));
    // The second one is the workflow's own, after the first attempt was proven to have left nothing.
    expect(begun).toHaveLength(2);
    expect(calls.filter(({ key }) => key.startsWith('A platform.readThread#')).length).toBeGreaterThanOrEqual(3);
    expect(platform.comments).toHaveLength(1);
  });

  test('brings a worker that never saw the run to the same commands, at every moment', async () => {
    const { executions } = await play(theatre, ONE, () => NOTHING);
    for (let moment = 1; moment <= (executions[0]?.activations ?? 0); moment += 1) {
      const blow = struckAt(moment, 'evicted', (_, execution) => execution.loseTask());
      const played = await play(theatre, ONE, () => NOTHING, blow);
      expect(await breachesOf(played, { ...ANYTHING, meets: ['evicted'] }, theatre.ledger), `at ${moment}`).toEqual([]);
    }
  });

  test('notices a workflow whose replay comes to other commands', async () => {
    const blow = struckAt(6, 'history changed', ({ server, workflowIds }, execution) => {
      // As if the code had asked for another step than the history says.
      const task = execution.tasks[1]?.[0];
      for (const { scheduleActivity } of task?.commands ?? []) if (scheduleActivity) scheduleActivity.activityType = 'another';
      server.kill(workflowIds[0] ?? '');
    });
    const played = await play(theatre, ONE, () => NOTHING, blow);
    expect(await breachesOf(played, ANYTHING, theatre.ledger)).toContainEqual(expect.stringContaining('came to other commands'));
  });
});

describe('the judge of the cells', () => {
  test('sees two comments where the gate always opens', async () => {
    const ledger = ledgerWith({
      claim: async (request) => {
        const answer = await theatre.ledger.claim(request);
        return answer.kind === 'claimed' ? { ...answer, attempts: [] } : answer;
      },
      gate: async () => ({ kind: 'open', attemptId: crypto.randomUUID(), n: 1, gateAt: new Date().toISOString() }),
      recordResult: async () => ({ breakerId: null, withdrawn: null }),
    });
    const played = await playWith(ONE, 'A platform.publish#1', 'acts late, no answer', ledger);
    expect(await breachesOf(played, ANYTHING, theatre.ledger)).toContainEqual(expect.stringContaining('stood there at once'));
  });

  test('sees a run that says "visible" where nothing is', async () => {
    const played = await play(theatre, ONE, () => NOTHING);
    for (const comment of played.platform.comments) comment.gone = true;
    expect(await breachesOf(played, ANYTHING, theatre.ledger)).toContainEqual(
      expect.stringContaining('nothing of ours is there'),
    );
  });

  test('sees an "unconfirmed" that is not honest', async () => {
    const played = await playWith(ONE, 'A platform.publish#1', 'accepts, does not act');
    expect(played.states[0]?.outcome).toBe('unconfirmed');
    expect(await breachesOf(played, ANYTHING, theatre.ledger)).toContainEqual(expect.stringContaining('not honest here'));
  });

  test('sees other bytes than the judged ones', async () => {
    const played = await play(
      theatre,
      {
        ...ONE,
        before: ({ platform, cast }) => {
          const [surface] = cast.ads[0]?.surfaces ?? [];
          platform.land({ surfaceId: surface?.surfaceId ?? '', authorId: 'somebody', text: 'Something else' });
        },
      },
      () => NOTHING,
    );
    expect(await breachesOf(played, ANYTHING, theatre.ledger)).toContainEqual(expect.stringContaining('other bytes'));
  });

  test('sees a comment that stands under a withdrawal order', async () => {
    const played = await play(theatre, { ...ONE, afterwards: [({ order }) => order()] }, () => NOTHING);
    expect(played.retracted?.outcome).toBe('withdrawn');
    expect(await breachesOf(played, ANYTHING, theatre.ledger)).toEqual([]);
    for (const comment of played.platform.comments) comment.gone = false;
    const breaches = await breachesOf(played, ANYTHING, theatre.ledger);
    expect(breaches).toContainEqual(expect.stringContaining('stand under a withdrawal order'));
    expect(breaches).toContainEqual(expect.stringContaining('ended as withdrawn, and ours is there'));
  });

  test('sees a comment that sweeps left unknown to the ledger', async () => {
    const played = await play(theatre, ONE, () => NOTHING);
    for (const comment of played.platform.comments) comment.gone = true;
    const [first] = played.platform.comments;
    if (first) played.platform.land({ ...first, id: 'another', gone: false });
    const breaches = await breachesOf(played, { ...ANYTHING, swept: true }, theatre.ledger);
    expect(breaches).toContainEqual(expect.stringContaining('the ledger does not know another'));
  });

  test('sees a fault that was never met', async () => {
    const played = await playWith(ONE, 'A platform.publish#7', 'acts, no answer');
    expect(await breachesOf(played, { ...ANYTHING, meets: ['A platform.publish#7'] }, theatre.ledger)).toEqual([
      'A platform.publish#7 was never met',
    ]);
  });
});
