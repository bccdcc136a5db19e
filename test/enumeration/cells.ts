import type { Call, Fault } from './driver/boundary.ts';
import { BLOWS } from './faults/blows.ts';
import type { FaultKind } from './faults/fault-kind.ts';
import { FAULT_KINDS } from './faults/index.ts';
import { breachesOf, type Expected, unmet } from './judge.ts';
import { type Afterwards, type Blow, type Hands, type Play, play, RETRACT, type Script, SWEEP, type Theatre } from './play.ts';
import type { Scenario } from './scenario.ts';

/** One await of one scenario, with one fault. */
export interface Cell {
  readonly id: string;
  readonly scenario: string;
  /** Where the await stands, `activities/publish.ts:46`; `null` for what happens to the run as a whole. */
  readonly site: string | null;
  /** What is awaited there: `platform.publish`, or the run itself. */
  readonly awaits: string;
  readonly fault: string;
  readonly play: (theatre: Theatre) => Promise<readonly string[]>;
}

/** How the scenario goes when nothing goes wrong but what belongs to it. */
export interface DryRun {
  readonly scenario: Scenario;
  readonly played: Play;
  readonly breaches: readonly string[];
}

/**
 * Steps before and after the protocol: what goes wrong in them does not depend on what the protocol is at, so that each of
 * their awaits gets each fault in one scenario. A step that is not named here gets all of them in every scenario.
 */
const BESIDE_PROTOCOL = [
  'openRun',
  'resolve',
  'awaitSurface',
  'survey',
  'surveyBeside',
  'gatherFacts',
  'judgeFacts',
  'baseline',
  'release',
  'reject',
  'beginSweep',
  'endSweep',
  'sweepWaiting',
];

const PLAYED_AT_MOST = 5;

type Plan = (hands: () => Hands) => ReadonlyMap<string, Fault>;

export async function dryRun(theatre: Theatre, scenario: Scenario): Promise<DryRun> {
  const played = await play(theatre, scenario.script, planOf(scenario, []));
  return { scenario, played, breaches: await breachesOf(played, expectedOf(scenario, null, []), theatre.ledger) };
}

/**
 * All cells of a scenario: each call with each fault that fits it, and each moment of each run with each blow. What the
 * scenario has in common with its base is faulted there; `seen` holds what any scenario before has faulted.
 */
export function cellsOf({ scenario, played }: DryRun, base: DryRun | null, seen: Set<string>): readonly Cell[] {
  const shared = base ? commonLength(base.played.calls, played.calls) : 0;
  const rejoined = base && scenario.rejoins ? commonLength(reversed(base.played.calls), reversed(played.calls)) : 0;
  const calls = played.calls.slice(shared, played.calls.length - rejoined).filter(({ key }) => !scenario.faults?.[key]);
  const cells = calls.flatMap((call) =>
    FAULT_KINDS.filter((kind) => kind.fits(call)).flatMap((kind) => {
      const what = `${call.site} ${call.target}.${call.method} ${kind.name}`;
      const again = seen.has(what);
      seen.add(what);
      return again && (kind.once?.(call) || BESIDE_PROTOCOL.includes(call.activity)) ? [] : cellOfCall(scenario, call, kind);
    }),
  );
  return [
    ...cells,
    ...cellsOfBlows(scenario, played, played.calls.slice(0, shared)),
    ...(base ? [] : cellsOfResets(scenario, played)),
  ];
}

function cellOfCall(scenario: Scenario, call: Call, kind: FaultKind): Cell {
  const expected = expectedOf(scenario, call, [kind]);
  return {
    id: `${scenario.name}/${call.key}/${kind.name}`,
    scenario: scenario.name,
    site: call.site,
    awaits: `${call.target}.${call.method}`,
    fault: kind.name,
    play: (theatre) => judged(theatre, expected, () => play(theatre, scenario.script, planOf(scenario, [[call, kind]]))),
  };
}

/** Each run is struck at each moment at which its workflow's code has just run; of sweeps the first. */
function cellsOfBlows(scenario: Scenario, played: Play, shared: readonly Call[]): readonly Cell[] {
  const names = new Set(played.executions.flatMap(({ id }) => played.nameOf(id.workflowId) ?? []));
  return [...names].flatMap((of) => {
    const moments = played.executions.find(({ id }) => played.nameOf(id.workflowId) === of)?.activations ?? 0;
    const first = shared.filter(({ by, method }) => by === of && method.endsWith('(end)')).length;
    const fitting = BLOWS.filter(({ needsAnother }) => !needsAnother || played.workflowIds.length > 1).filter(
      ({ adsOnly }) => !adsOnly || (of !== SWEEP && of !== RETRACT),
    );
    return fitting
      .filter(({ once }) => !once || scenario.beyond === undefined)
      .flatMap((kind) =>
        Array.from({ length: Math.max(0, moments - first) }, (_, moment) => first + moment + 1)
          // After the last one the run is over.
          .filter((moment) => moment < moments || kind.when === 'answering')
          .map((afterActivation) => {
            const name = `${of} ${kind.name} at ${afterActivation}`;
            const blow: Blow = { name, of, afterActivation, when: kind.when, strike: kind.strike };
            const own = expectedOf(scenario, null, []);
            const expected = { ...own, meets: [name], mayEnd: [...own.mayEnd, ...(kind.mayEnd ?? [])] };
            return cellOf(scenario, `${of} task`, kind.name, `at ${afterActivation}`, scenario.script, blow, expected);
          }),
      );
  });
}

/** A run that has ended is reset to each of its tasks. */
function cellsOfResets(scenario: Scenario, played: Play): readonly Cell[] {
  const tasks = played.executions[0]?.tasks.length ?? 0;
  return Array.from({ length: tasks }, (_, task) => {
    const reset: Afterwards = ({ server, workflowIds }) => {
      const execution = server.current(workflowIds[0] ?? '');
      const trigger = execution?.tasks[task]?.[0];
      if (execution && trigger) server.reset(execution, execution.tasks.slice(0, task), trigger.jobs);
    };
    const script = { ...scenario.script, afterwards: [reset] };
    return cellOf(scenario, 'A task', 'reset after its end', `to ${task + 1}`, script, null, expectedOf(scenario, null, []));
  });
}

function cellOf(
  scenario: Scenario,
  awaits: string,
  fault: string,
  where: string,
  script: Script,
  blow: Blow | null,
  expected: Expected,
): Cell {
  return {
    id: `${scenario.name}/${awaits}/${fault} ${where}`,
    scenario: scenario.name,
    site: null,
    awaits,
    fault,
    play: (theatre) => judged(theatre, expected, () => play(theatre, script, planOf(scenario, []), blow)),
  };
}

/**
 * Whether an attempt can be settled at once is a matter of the database's clock: on a busy machine a run may not come by the
 * wait that the fault is for. Then it is played again.
 */
async function judged(theatre: Theatre, expected: Expected, playIt: () => Promise<Play>): Promise<readonly string[]> {
  for (let times = 1; ; times += 1) {
    const played = await playIt();
    if (times < PLAYED_AT_MOST && unmet(played, expected).length > 0) continue;
    return breachesOf(played, expected, theatre.ledger);
  }
}

function planOf(scenario: Scenario, more: readonly (readonly [Call, FaultKind])[]): Plan {
  return (hands) => {
    const own = Object.entries(scenario.faults ?? {}).map(([key, kind]) => [key, kind.make(hands, callOf(key))] as const);
    return new Map([...own, ...more.map(([call, kind]) => [call.key, kind.make(hands, call)] as const)]);
  };
}

function expectedOf(scenario: Scenario, call: Call | null, kinds: readonly FaultKind[]): Expected {
  const own = Object.entries(scenario.faults ?? {}).map(([key, kind]) => ({ kind, call: callOf(key) }));
  const all = [...own, ...kinds.flatMap((kind) => (call ? [{ kind, call }] : []))];
  return {
    meets: call ? [call.key] : Object.keys(scenario.faults ?? {}),
    mayEnd: [...(scenario.mayEnd ?? []), ...all.flatMap((each) => each.kind.mayEnd?.(each.call) ?? [])],
    mayStand: all.some(({ kind, call: at }) => kind.mayStand?.(at) ?? false),
    beyondPromise: scenario.beyondPromise || all.some(({ kind }) => kind.beyondPromise ?? false),
    swept: scenario.swept ?? false,
  };
}

/** A call of which only the key is known: `A platform.publish#1`. */
function callOf(key: string): Call {
  const [, by = '', target = '', method = '', n = '1'] = /^(\w+) (\w+)\.([^#]+)#(\d+)$/.exec(key) ?? [];
  return {
    key,
    by,
    target: target as Call['target'],
    method,
    n: Number(n),
    activity: ACTIVITY_OF[method] ?? method,
    site: 'scenario',
  };
}

const ACTIVITY_OF: Readonly<Record<string, string>> = { resolveAd: 'resolve' };

/** How many calls both begin with; a call is the same when the same run makes it at the same place. */
function commonLength(one: readonly Call[], other: readonly Call[]): number {
  const same = (call: Call, like: Call | undefined) =>
    call.by === like?.by && call.method === like.method && call.site === like.site && call.target === like.target;
  const at = other.findIndex((call, index) => !same(call, one[index]));
  return at < 0 ? other.length : at;
}

function reversed(calls: readonly Call[]): readonly Call[] {
  return [...calls].reverse();
}
