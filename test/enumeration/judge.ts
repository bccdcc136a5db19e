import type { Outcome } from '../../domain/outcome.ts';
import type { Surface } from '../../domain/surface.ts';
import type { Attempt } from '../../store/ledger.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import { leftByOrder, leftBySweeps } from './judge-afterwards.ts';
import { nameOf, type Play } from './play.ts';
import { surfacesOf, textFor } from './world/ads.ts';
import { OUR_APP } from './world/scripted-platform.ts';

/** What a cell may end in. */
export interface Expected {
  /** Keys and names that must have been met, or the cell shows nothing. */
  readonly meets: readonly string[];
  /** Honest ends of a surface, beside our comment standing there. */
  readonly mayEnd: readonly Outcome[];
  /** A request lands later than L: two may stand there at once, and one at the end (protocol l). */
  readonly beyondPromise: boolean;
  /** A comment that is to go may stand at the end, where that was said. */
  readonly mayStand: boolean;
  /** Sweeps came after it. */
  readonly swept: boolean;
}

const WITH_OURS: readonly Outcome[] = ['visible', 'covered', 'hidden'];
const WITHOUT_OURS: readonly Outcome[] = ['withdrawn', 'refused', 'blocked', 'not-commentable', 'covered-by-brand', 'held-out'];

/** Compares what the platform shows, what the ledger says and how the runs ended. Each breach is a sentence. */
export async function breachesOf(played: Play, expected: Expected, ledger: OpenLedger): Promise<readonly string[]> {
  const breaches = unmet(played, expected).map((each) => `${each} was never met`);
  if (played.end !== 'done') breaches.push(`the runs come to no end (${played.end} after ${played.steps} steps)`);
  for (const { id, failure } of played.executions) if (failure) breaches.push(`the run ${id.runId} failed: ${failure}`);
  const threw = new Map(played.threw.map(({ key, error }) => [key.replace(/#\d+$/, ''), error]));
  for (const [what, error] of threw) breaches.push(`${what} failed by itself: ${String(error)}`);
  for (const surface of surfacesOf(played.cast)) breaches.push(...(await onSurface(played, expected, ledger, surface)));
  return breaches;
}

/** What the cell was to show and did not come by. */
export function unmet(played: Play, { meets }: Expected): readonly string[] {
  return meets.filter((each) => !played.met.has(each));
}

async function onSurface(played: Play, expected: Expected, ledger: OpenLedger, surface: Surface): Promise<readonly string[]> {
  const { platform } = played;
  const ours = platform.ours(surface.surfaceId);
  const outcomes = outcomesOn(played, surface.surfaceId);
  const attempts = await ledger.attemptsOn(surface);
  const open = attempts.filter(({ result }) => result === null || result.kind === 'unknown').length;
  // Terminate cannot recall a started send: what an execution before the last one sent is the ledger's to know (protocol h).
  const known = (await ledger.publicationsOn(surface)).map(({ commentId }) => commentId);
  const forced = played.executions.some(({ status }) => status === 'terminated');
  const sentBefore =
    forced && outcomes.every(({ outcome }) => outcome === 'withdrawn') ? ours.filter(({ id }) => known.includes(id)).length : 0;
  const mayEnd: readonly Outcome[] = [
    'visible',
    ...(outcomes.length > 1 ? (['covered'] as const) : []),
    ...(open > 0 && !platform.absenceProvable(surface.kind) ? (['unconfirmed'] as const) : []),
    ...expected.mayEnd,
  ];
  const ids = ours.map(({ id }) => id);
  const breaches = [...shown(played, surface, expected.beyondPromise)];
  if (ids.length > 1 && !expected.mayStand) breaches.push(`${ids.length} comments of ours are there at the end`);
  const told = !expected.swept || (await personIsTold(ledger, surface, attempts));
  if (expected.swept) breaches.push(...leftBySweeps(played, surface, { known, open, told, mayStand: expected.mayStand }));
  if (played.ordered) {
    const state = (await ledger.claimOn(surface))?.state ?? null;
    breaches.push(...leftByOrder(played, surface, { mayStand: expected.mayStand, open, state }));
    breaches.push(...outcomes.flatMap((ended) => dishonest(ended, outcomes, [...mayEnd, 'withdrawn'], null)));
  } else {
    breaches.push(...outcomes.flatMap((ended) => dishonest(ended, outcomes, mayEnd, ours.length - sentBefore)));
    if (outcomes.some(({ outcome }) => outcome === 'visible')) breaches.push(...unrecorded(known, ids, open));
  }
  return breaches.map((what) => `${surface.kind}: ${what}`);
}

/** Whether the incident of each attempt that only a person can close stands in the ledger: what is raised again is not new. */
async function personIsTold(ledger: OpenLedger, surface: Surface, attempts: readonly Attempt[]): Promise<boolean> {
  for (const { attemptId, result } of attempts) {
    if (result !== null && result.kind !== 'unknown') continue;
    const kind = 'unconfirmed';
    const raised = { kind, surfaceId: surface.surfaceId, evidence: {}, did: 'asked for', once: `${kind} ${attemptId}` };
    if ((await ledger.recordIncident(raised)).isNew) return false;
  }
  return true;
}

/** What people could see of ours, at any moment. */
function shown({ platform, cast }: Play, surface: Surface, beyondPromise: boolean): readonly string[] {
  const most = platform.mostAtOnce.get(surface.surfaceId) ?? 0;
  const text = textFor(cast, surface);
  const other = platform.comments.filter(
    (each) => each.surfaceId === surface.surfaceId && each.appId === OUR_APP && each.text !== text,
  );
  return [
    ...(most > 1 && !beyondPromise ? [`${most} comments of ours stood there at once`] : []),
    ...other.map((each) => `other bytes than the judged ones: ${each.text}`),
  ];
}

/** Where the words of a run and the state of the world differ; `ours` is `null` where the world has changed since on purpose. */
function dishonest(
  { name, outcome }: Ended,
  all: readonly Ended[],
  mayEnd: readonly Outcome[],
  ours: number | null,
): readonly string[] {
  if (outcome === null) return [];
  const others = all.filter((each) => each.name !== name).map((each) => each.outcome);
  const says = (what: string) => `${name} ended as ${outcome}, ${what}`;
  // Where the run that put it there asks a person to look, the other one need not say it again.
  const covered = outcome === 'covered' && others.includes('unconfirmed');
  const another = others.some((each) => each === null || each === 'unconfirmed' || WITH_OURS.includes(each));
  return [
    ...(mayEnd.includes(outcome) ? [] : [says('which is not honest here')]),
    ...(WITH_OURS.includes(outcome) && ours === 0 && !covered ? [says('and nothing of ours is there')] : []),
    ...(WITHOUT_OURS.includes(outcome) && (ours ?? 0) > 0 && !another ? [says('and ours is there')] : []),
  ];
}

/** What the ledger lacks where a run says `visible`. */
function unrecorded(known: readonly string[], ours: readonly string[], open: number): readonly string[] {
  return [
    ...(ours.some((id) => known.includes(id))
      ? []
      : [`the ledger knows ${known.join(', ') || 'nothing'}, there is ${ours.join(', ')}`]),
    ...(open > 0 ? [`visible, with ${open} attempt(s) of unknown outcome in the ledger`] : []),
  ];
}

/** How one run ended on a surface; `null` when it was ended by force and not started again. */
interface Ended {
  readonly name: string;
  readonly outcome: Outcome | null;
}

function outcomesOn({ cast, states }: Play, surfaceId: string): readonly Ended[] {
  return cast.ads.flatMap(({ surfaces }, index) => {
    if (!surfaces.some((each) => each.surfaceId === surfaceId)) return [];
    const state = states[index] ?? null;
    const place = state?.surfaces.find(({ surface }) => surface.surfaceId === surfaceId);
    return [{ name: nameOf(index), outcome: place?.outcome ?? state?.outcome ?? null }];
  });
}
