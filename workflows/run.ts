import { workflowInfo } from '@temporalio/workflow';
import type { Judged } from '../activities/judge-contract.ts';
import type { ThreadSummary } from '../activities/look-contract.ts';
import type { UnusableSurface } from '../domain/facts.ts';
import { type Outcome, STAGES, type Stage, worstOutcome } from '../domain/outcome.ts';
import type { Surface } from '../domain/surface.ts';
import { DEFAULT_TIMING, type Timing } from '../domain/timing.ts';
import type { RunRef } from '../store/ledger.ts';
import type { Decision, FirstCommentInput, RunState, SurfaceState, Wait } from './messages.ts';

/** One surface on its way through the stages. */
export interface Place {
  readonly surface: Surface;
  judged: Judged | null;
  decision: ({ readonly kind: 'approve' | 'reject' } & Decision) | null;
  /** Digests that an operator has released in this execution. */
  readonly released: Set<string>;
  /** What the look before publishing saw; the baseline keeps it. */
  thread: ThreadSummary | null;
  publishedAt: string | null;
  /** A second comment of ours that repair could not deal with, in words. */
  leftForPerson: string | null;
  /** It waits with nothing under way: no claim, no request, no reading. */
  parked: boolean;
  state: SurfaceState;
}

/** What one execution knows. Mutable, and only ever changed by the workflow's own code. */
export interface Run {
  /** As whom it stands in the ledger. */
  ref: RunRef;
  readonly input: FirstCommentInput;
  timing: Timing;
  /** When the accounts' ads must be surveyed before anything is judged, in the workflow's time; `null` before it is known. */
  surveyDueAt: number | null;
  /** The survey under way, which all surfaces wait for. */
  surveying: Promise<void> | null;
  /** The accounts that a survey lists. */
  accountIds: readonly string[];
  adName: string | null;
  marketId: string | null;
  stage: Stage;
  /** Waits of the run as a whole, oldest first; a surface's own wait is in its place. */
  waits: readonly Wait[];
  places: Place[];
  /** What the ad has and where nothing is written. */
  unusable: readonly UnusableSurface[];
  outcome: Outcome | null;
  says: string;
  /** Counts wake-ups, so that a waiter can tell that one came since it began to wait. */
  wakes: number;
  /** The search attributes as they were written last. */
  searchable: string | null;
  cancelled: boolean;
  /** After a cancel: whether the ledger lets nothing of this run pass any more. */
  gateClosed: boolean;
  /** The history has grown long, or the ledger was restored: the run goes on in a new execution as soon as every surface has ended or waits. */
  continuing: boolean;
}

export function beginRun(input: FirstCommentInput): Run {
  const { workflowId, runId } = workflowInfo();
  return {
    ref: { workflowId, runId },
    input,
    timing: DEFAULT_TIMING,
    surveyDueAt: null,
    surveying: null,
    accountIds: [],
    adName: null,
    marketId: null,
    stage: 'resolve',
    waits: [],
    places: [],
    unusable: [],
    outcome: null,
    says: 'resolving the ad',
    wakes: 0,
    searchable: null,
    cancelled: false,
    gateClosed: false,
    continuing: false,
  };
}

export function beginPlace(surface: Surface): Place {
  return {
    surface,
    judged: null,
    decision: null,
    released: new Set(),
    thread: null,
    publishedAt: null,
    leftForPerson: null,
    parked: false,
    state: {
      surface: { platform: surface.platform, kind: surface.kind, surfaceId: surface.surfaceId },
      stage: 'validate',
      outcome: null,
      says: 'gathering facts',
      wait: null,
      text: null,
      link: null,
      commentId: null,
      permalink: surface.permalink,
      rank: null,
      rules: [],
      publishedNow: false,
    },
  };
}

/** A post or media on which the ad is shown but where nothing can be written: it has its outcome before anybody asks. */
export function closedPlace({ named, reason, delivers }: UnusableSurface): readonly Place[] {
  if (delivers !== true || !named) return [];
  const place = beginPlace({ ...named, identityId: null, permalink: null, dark: null });
  note(place, { stage: 'resolve', outcome: 'not-commentable', says: reason });
  return [place];
}

/** Changes what people see of a surface. */
export function note(place: Place, change: Partial<SurfaceState>): void {
  place.state = { ...place.state, ...change };
}

/** A run is as far as its furthest surface. */
export function enterStage(run: Run, place: Place | null, stage: Stage): void {
  if (place) note(place, { stage });
  if (STAGES.indexOf(stage) > STAGES.indexOf(run.stage)) run.stage = stage;
}

export function patternOf(run: Run): string | null {
  return run.places.find((place) => place.judged?.proposal)?.judged?.proposal?.patternId ?? null;
}

/** What the query answers: everything an operator may want to know, and nothing secret. */
export function viewOf(run: Run): RunState {
  return {
    ad: run.input.ad,
    adName: run.adName,
    marketId: run.marketId,
    patternId: patternOf(run),
    stage: run.stage,
    wait: waitsOf(run)[0] ?? null,
    surfaces: run.places.map((place) => place.state),
    unusable: run.unusable,
    outcome: run.outcome,
    says: run.says,
  };
}

/** Everything that the run and its surfaces wait for now. */
export function waitsOf(run: Run): readonly Wait[] {
  return [...run.waits, ...run.places.flatMap((place) => place.state.wait ?? [])];
}

/** The run's outcome from its surfaces', with the reason of the worst one. */
export function concludeFromSurfaces(run: Run): void {
  run.outcome = worstOutcome(run.places.flatMap((place) => place.state.outcome ?? []));
  const worst = run.places.find((place) => place.state.outcome === run.outcome);
  run.says = worst?.state.says ?? run.says;
}
