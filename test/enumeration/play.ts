import type { Dependencies } from '../../activities/dependencies.ts';
import { createReadActivities } from '../../activities/index.ts';
import { workflowIdOf } from '../../domain/ad.ts';
import type { Brand } from '../../domain/brand.ts';
import type { SurfaceKind } from '../../domain/surface.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import type { FirstCommentInput, RunState } from '../../workflows/messages.ts';
import { CELL_TIMING, SETTLES_MS } from './cell-timing.ts';
import { runAttempt } from './driver/activity-attempt.ts';
import type { Call, Fault } from './driver/boundary.ts';
import type { Execution } from './driver/execution.ts';
import { Server, type Stage } from './driver/server.ts';
import { type Order, Turns } from './driver/turns.ts';
import type { WorkflowVms } from './driver/workflow-vm.ts';
import { type Cast, castOf } from './world/ads.ts';
import { ScriptedPlatform } from './world/scripted-platform.ts';

/** What a whole enumeration shares. */
export interface Theatre {
  readonly ledger: OpenLedger;
  readonly vms: WorkflowVms;
  /** A number that no other cell on this ledger has. */
  readonly nextCell: () => number;
}

/** What can be done to the world while a cell is played. */
export interface Hands {
  readonly cast: Cast;
  readonly platform: ScriptedPlatform;
  readonly ledger: OpenLedger;
  readonly server: Server;
  readonly turns: Turns;
  /** The ads' runs, in the order of the ads. */
  readonly workflowIds: readonly string[];
  start(index: number): Execution;
}

/** Something that happens to a run beside its calls: after so many calls into its workflow's code. */
export interface Blow {
  readonly name: string;
  readonly index: number;
  readonly afterActivation: number;
  /** Before the task's answer has reached the server, or after. */
  readonly when: 'answering' | 'answered';
  readonly strike: (hands: Hands, execution: Execution) => void;
}

export interface Script {
  /** Kinds of surfaces of each ad; ads share surfaces of one kind. */
  readonly ads: readonly (readonly SurfaceKind[])[];
  /** In which order things happen that could happen at the same moment; anew for each play. */
  readonly order: () => Order;
  readonly policy?: Partial<Brand['policy']>;
  /** The account's ads are known before anything begins, so that no run waits for another one's listing. */
  readonly surveyed?: boolean;
  /** Every history counts as too long: a run that waits for long goes on in another execution. */
  readonly longHistories?: boolean;
  /** Before anything begins. */
  readonly before?: (hands: Hands) => void;
  /** A person who comes by when the runs wait for long; answers whether they did something. */
  readonly person?: (hands: Hands) => boolean;
  /** When all runs have ended: what is to happen then, once. */
  readonly afterwards?: (hands: Hands) => void;
}

/** One play of a script, as it went. */
export interface Play {
  readonly cast: Cast;
  readonly platform: ScriptedPlatform;
  readonly workflowIds: readonly string[];
  readonly calls: readonly Call[];
  readonly executions: readonly Execution[];
  readonly states: readonly (RunState | null)[];
  /** Keys of planned faults that were met, and the blow's name when it was struck. */
  readonly met: ReadonlySet<string>;
  /** What calls threw although nothing was planned for them. */
  readonly threw: readonly { readonly key: string; readonly error: unknown }[];
  readonly end: 'done' | 'stuck' | 'endless';
  readonly steps: number;
}

const LIMITS = { steps: 3_000, rings: 400 };

/** Plays the script with the planned faults to its end. */
export async function play(
  { ledger, vms, nextCell }: Theatre,
  script: Script,
  makePlan: (hands: () => Hands) => ReadonlyMap<string, Fault>,
  blow: Blow | null = null,
): Promise<Play> {
  const cast = castOf(nextCell(), script.ads, script.policy);
  const platform = new ScriptedPlatform(cast.ads);
  let longWaits = 0;
  const person = async () => {
    longWaits += 1;
    // Nobody comes by in time where the run is to go on in another execution first.
    if (script.longHistories && longWaits === 1) return false;
    return script.person?.(hands) || liftBreakers(hands);
  };
  const turns = new Turns(script.order(), SETTLES_MS + 50, person);
  const workflowIds = cast.ads.map(({ snapshot }) => workflowIdOf(snapshot.ad));
  const executions: Execution[] = [];
  const met = new Set<string>();
  let struck = false;
  const strike = (when: Blow['when']) => (execution: Execution) => {
    if (!blow || struck || when !== blow.when || execution.id.workflowId !== workflowIds[blow.index]) return;
    if (execution.activations < blow.afterActivation) return;
    struck = true;
    met.add(blow.name);
    blow.strike(hands, execution);
  };
  const dependencies = {
    brand: cast.brand,
    profile: 'sandbox',
    timing: CELL_TIMING,
    ledger,
    platforms: { meta: platform },
    cluster: 'local',
    namespace: 'default',
  };
  if (script.surveyed) await surveyBefore(dependencies);
  const server: Server = new Server({
    turns,
    vms,
    plan: makePlan(() => hands),
    dependencies,
    longHistories: script.longHistories ?? false,
    opened: (execution) => executions.push(execution),
    answering: strike('answering'),
    answered: strike('answered'),
  });
  const hands: Hands = {
    cast,
    platform,
    ledger,
    server,
    turns,
    workflowIds,
    start: (index) => {
      const ad = cast.ads[index]?.snapshot.ad;
      if (!ad) throw new Error(`the script has no ad ${index}`);
      const input: FirstCommentInput = { ad, mode: 'pipeline' };
      return server.start('firstComment', workflowIdOf(ad), nameOf(index), input);
    },
  };
  script.before?.(hands);
  for (const index of cast.ads.keys()) hands.start(index);
  const over = () => workflowIds.every((id) => server.current(id)?.status !== 'running');
  let end = await turns.run(over, LIMITS);
  if (end === 'done' && script.afterwards) {
    script.afterwards(hands);
    end = await turns.run(over, LIMITS);
  }
  // What was still on its way lands before anybody judges.
  if (end === 'done') await turns.run(() => false, LIMITS);
  const states = workflowIds.map((id) => server.current(id)?.result ?? null);
  for (const each of executions) each.terminate();
  return {
    cast,
    platform,
    workflowIds,
    calls: server.boundary.calls,
    executions,
    states,
    threw: server.boundary.threw,
    met: new Set([...met, ...server.boundary.met]),
    end,
    steps: turns.steps,
  };
}

/** How an ad's run is called in keys: A, B … */
export function nameOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** Lists the accounts' ads as a run before these would have done. */
async function surveyBefore(dependencies: Stage['dependencies']): Promise<void> {
  const noRuns: Dependencies['runs'] = { wake: async () => false, wakeAll: async (all) => all, isOpen: async () => false };
  const info = { type: 'survey', args: [], isLocal: false, attempt: 1, workflowId: 'before', runId: 'before', scheduledAt: 0 };
  const { survey } = createReadActivities({ ...dependencies, runs: noRuns });
  const end = await runAttempt({ ...info, attemptScheduledAt: 0 }, survey, async () => undefined);
  if (end.kind === 'failed') throw new Error(`the ads could not be listed before the cell: ${end.failure.message}`);
}

/** Whoever looks after a Page opens it again; that wakes those who wait for it. */
async function liftBreakers({ cast, ledger, server, workflowIds }: Hands): Promise<boolean> {
  if (!server.boundary.calls.some(({ method }) => method === 'pauseStands')) return false;
  const { pauses } = await ledger.readOverview();
  const own = pauses.filter(
    ({ scope, value }) => scope === 'all' || cast.brand.identities.some((each) => each.identityId === value),
  );
  for (const { id } of own) await ledger.resume(id, 'Mara', 'looked at the Page');
  if (own.length > 0) for (const id of workflowIds) server.signal(id, 'wake');
  return own.length > 0;
}
