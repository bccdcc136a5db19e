import type { Dependencies } from '../../activities/dependencies.ts';
import { createReadActivities } from '../../activities/index.ts';
import { retractIdOf } from '../../client/retract-options.ts';
import { workflowIdOf } from '../../domain/ad.ts';
import type { Brand } from '../../domain/brand.ts';
import type { SurfaceKind } from '../../domain/surface.ts';
import { sweepIdOf } from '../../domain/sweep-id.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import type { FirstCommentInput, RunState, SweepInput } from '../../workflows/messages.ts';
import type { RetractInput, RetractState } from '../../workflows/retract-messages.ts';
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
  /** Begins a sweep of the account, called `S` in keys. */
  sweep(): void;
  /** An operator's order about all comments of the account, and, unless nobody starts it, the retract that carries it out: `R` in keys. */
  order(how?: { readonly retract: boolean }): void;
}

/** Something that happens to a run beside its calls: after so many calls into its workflow's code. */
export interface Blow {
  readonly name: string;
  /** How the struck run is called in keys. */
  readonly of: string;
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
  /** When all runs have ended: what is to happen then, one thing after the end of the other. */
  readonly afterwards?: readonly Afterwards[];
}

export type Afterwards = (hands: Hands) => void | Promise<void>;

/** One play of a script, as it went. */
export interface Play {
  readonly cast: Cast;
  readonly platform: ScriptedPlatform;
  readonly workflowIds: readonly string[];
  /** How the runs of a workflow id are called in keys. */
  readonly nameOf: (workflowId: string) => string | null;
  readonly calls: readonly Call[];
  readonly executions: readonly Execution[];
  readonly states: readonly (RunState | null)[];
  /** Whether an operator ordered that comments be withdrawn. */
  readonly ordered: boolean;
  /** How the retract ended; `null` when there was none, or it came to no end. */
  readonly retracted: RetractState | null;
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
  let ordered = false;
  const strike = (when: Blow['when']) => (execution: Execution) => {
    if (!blow || struck || when !== blow.when || server.nameOf(execution.id.workflowId) !== blow.of) return;
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
    sweep: () => {
      const input: SweepInput = accountOf(cast);
      server.start('sweep', sweepIdOf(input), SWEEP, input);
    },
    order: ({ retract } = { retract: true }) => {
      const { accountId } = accountOf(cast);
      ordered = true;
      const take = async () => {
        // As the command does: it returns when every open attempt has a result or is past its time to send.
        const { id } = await ledger.orderWithdrawal({ criteria: { accountId }, by: 'Legal', why: 'recall' });
        await turns.atRest();
        if (retract) server.start('retract', retractIdOf(id), RETRACT, { orderId: id } satisfies RetractInput);
      };
      turns.offer({ of: RETRACT, what: 'the order', mayWait: true, take });
    },
  };
  script.before?.(hands);
  for (const index of cast.ads.keys()) hands.start(index);
  const over = () => !server.running && !turns.waits;
  let end = await turns.run(over, LIMITS);
  for (const happen of script.afterwards ?? []) {
    if (end !== 'done') break;
    await happen(hands);
    end = await turns.run(over, LIMITS);
  }
  // What was still on its way lands before anybody judges.
  if (end === 'done') await turns.run(() => false, LIMITS);
  const states = workflowIds.map((id) => (server.current(id)?.result ?? null) as RunState | null);
  const retract = executions.findLast(({ id }) => server.nameOf(id.workflowId) === RETRACT);
  const retracted = (retract?.result ?? null) as RetractState | null;
  for (const each of executions) each.terminate();
  return {
    cast,
    platform,
    workflowIds,
    nameOf: (workflowId) => server.nameOf(workflowId),
    calls: server.boundary.calls,
    executions,
    states,
    ordered,
    retracted,
    threw: server.boundary.threw,
    met: new Set([...met, ...server.boundary.met]),
    end,
    steps: turns.steps,
  };
}

/** How sweeps and the retract are called in keys. */
export const SWEEP = 'S';
export const RETRACT = 'R';

/** How an ad's run is called in keys: A, B … */
export function nameOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function accountOf({ ads }: Cast): SweepInput {
  const [first] = ads;
  if (!first) throw new Error('the script has no ad');
  const { platform, accountId } = first.snapshot.ad;
  return { platform, accountId };
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
