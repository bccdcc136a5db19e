import { normaliseText } from '../../domain/ours.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { PausedFor } from './operator.ts';
import type { EndTruth, LedgerTruth, PlatformTruth, Truths } from './truths.ts';
import type { ChaosWorld, PlannedSurface } from './world.ts';

/** What the three truths say together. Each list has one sentence for each finding. */
export interface Verdict {
  readonly comments: number;
  readonly unconfirmed: number;
  readonly duplicatesEver: readonly string[];
  /** Second comments that landed beyond L, as they were made to: not promised, so listed apart. */
  readonly lateLandings: readonly string[];
  readonly duplicatesAtEnd: readonly string[];
  /** A surface that should carry our comment and does not while no outcome tells why, or a comment that the ledger does not know. */
  readonly lost: readonly string[];
  /** A comment whose bytes, surface, identity or market differ from what was judged, or that nothing allowed. */
  readonly wrong: readonly string[];
  /** `unconfirmed` where absence is provable, or while our comment is listed. */
  readonly falselyUnconfirmed: readonly string[];
  /** Workflow, ledger and platform tell different things of one end. */
  readonly disagreements: readonly string[];
}

export interface Expectations {
  /** Surfaces on which a request was made to land later than is promised (protocol l). */
  readonly lateSurfaceIds: readonly string[];
  readonly cancelledAdIds: readonly string[];
  readonly pauses: readonly PausedFor[];
  readonly maxAttempts: number;
  /** Everything was ended before its time: of a run that is not over nothing can be said to be lost. */
  readonly cutShort: boolean;
  /** What our link carries for a surface. */
  readonly linkKey: (surfaceId: string) => string;
}

/** Outcomes that say that our comment stands there, hidden ones included. */
const STANDS: readonly Outcome[] = ['visible', 'hidden', 'covered'];

export function compare(world: ChaosWorld, truths: Truths, expected: Expectations): Verdict {
  const seen = world.surfaces.map((surface) => {
    const platform = truths.platform.get(surface.surfaceId) ?? { created: [], mostAtOnce: 0, standing: [] };
    const ledger = truths.ledger.get(surface.surfaceId) ?? { attempts: [], publications: [] };
    const ends = surface.adIds.map((adId) => ({ adId, outcome: outcomeOf(truths.ends.get(adId), surface.surfaceId) }));
    return { surface, platform, ledger, ends };
  });
  const isLate = ({ surface }: Seen) => expected.lateSurfaceIds.includes(surface.surfaceId);
  const each = (find: (one: Seen) => readonly string[]) => seen.flatMap(find);
  return {
    comments: seen.reduce((sum, { platform }) => sum + platform.standing.length, 0),
    unconfirmed: seen.filter(({ ends }) => ends.some(({ outcome }) => outcome === 'unconfirmed')).length,
    duplicatesEver: each((one) => (isLate(one) ? [] : duplicatesEver(one))),
    lateLandings: each((one) => (isLate(one) ? duplicatesEver(one) : [])),
    duplicatesAtEnd: each(({ surface, platform: { standing } }) =>
      standing.slice(1).map(({ id }) => `${surface.surfaceId}: ${id} stands beside ${standing[0]?.id}`),
    ),
    lost: each((one) => lost(one, expected)),
    wrong: [...each((one) => wrong(one, expected)), ...each((one) => underPause(one, expected.pauses))],
    falselyUnconfirmed: each(falselyUnconfirmed),
    disagreements: expected.cutShort ? [] : disagreements(world, truths, seen),
  };
}

interface Seen {
  readonly surface: PlannedSurface;
  readonly platform: PlatformTruth;
  readonly ledger: LedgerTruth;
  readonly ends: readonly { readonly adId: string; readonly outcome: Outcome | null }[];
}

function outcomeOf(end: EndTruth | undefined, surfaceId: string): Outcome | null {
  return end?.workflow?.[surfaceId] ?? null;
}

function duplicatesEver({ surface: { surfaceId }, platform: { mostAtOnce } }: Seen): string[] {
  return mostAtOnce > 1 ? [`${surfaceId}: ${mostAtOnce} of ours stood there at once`] : [];
}

function lost({ surface, platform: { standing }, ledger, ends }: Seen, expected: Expectations): string[] {
  const { surfaceId } = surface;
  // Nobody looked for one of before where every run was cancelled, and nobody could tell where one is unconfirmed.
  const excused = ends.some(({ outcome }) => outcome === 'unconfirmed' || (outcome === 'withdrawn' && surface.before === 'ours'));
  const unknown = standing.filter(({ id }) => !ledger.publications.includes(id));
  if (unknown.length > 0 && !excused && !expected.cutShort)
    return [`${surfaceId}: the ledger does not know ${unknown.map(({ id }) => id).join(', ')}`];
  if (standing.length > 0 || expected.cutShort) return [];
  return ends
    .filter(({ adId, outcome }) => !explains(outcome, adId, surface, ledger, expected))
    .map(({ adId, outcome }) => `${surfaceId}: nothing stands there, ad ${adId} ended as ${outcome ?? 'nothing'}`);
}

/** Whether an outcome tells rightly why nothing stands: it must have a cause in the world or in the schedule. */
function explains(
  outcome: Outcome | null,
  adId: string,
  surface: PlannedSurface,
  ledger: LedgerTruth,
  { cancelledAdIds, maxAttempts }: Expectations,
): boolean {
  switch (outcome) {
    case 'unconfirmed':
      return true;
    case 'withdrawn':
      return cancelledAdIds.includes(adId);
    case 'covered-by-brand':
      return surface.before === 'by-brand';
    case 'refused':
      return ledger.attempts.length >= maxAttempts;
    default:
      return false;
  }
}

function wrong({ surface, platform, ledger }: Seen, { linkKey }: Expectations): string[] {
  const { surfaceId, identityId, marketId, kind, respells, before } = surface;
  const asKept = (text: string) => (respells ? normaliseText(text) : text);
  const texts = ledger.attempts.map(({ text }) => asKept(text));
  return platform.created.flatMap(({ commentId, text, authorId }) => {
    const faults = Object.entries({
      'its bytes were never judged for this surface': texts.includes(asKept(text)),
      [`it speaks as ${authorId}`]: authorId === identityId,
      [`it was judged for another market than ${marketId}`]: ledger.attempts.every((attempt) => attempt.marketId === marketId),
      'its link carries another surface': kind !== 'facebook-post' || text.includes(linkKey(surfaceId)),
      "it stands beside the brand's own": before !== 'by-brand',
    }).flatMap(([says, right]) => (right ? [] : [says]));
    return faults.map((says) => `${surfaceId}: ${commentId}: ${says}`);
  });
}

/** What passed the gate while a pause stood over it. */
function underPause({ surface, ledger }: Seen, pauses: readonly PausedFor[]): string[] {
  return ledger.attempts.flatMap(({ gateAt, marketId }) =>
    pauses
      .filter(({ scope, value, from, until }) => (scope === 'all' || value === marketId) && gateAt > from && gateAt < until)
      .map(({ value }) => `${surface.surfaceId}: an attempt passed the gate while ${value} was paused`),
  );
}

function falselyUnconfirmed({ surface, platform, ends }: Seen): string[] {
  const unsure = ends.filter(({ outcome }) => outcome === 'unconfirmed');
  const provable = surface.kind === 'facebook-post';
  const listed = platform.standing.some(({ hidden, listed: inList }) => !hidden && inList);
  if (!provable && !listed) return [];
  const why = listed ? 'our comment is listed' : 'absence can be proven';
  return unsure.map(({ adId }) => `${surface.surfaceId}: ad ${adId} ended as unconfirmed although ${why}`);
}

function disagreements(world: ChaosWorld, { ends }: Truths, seen: readonly Seen[]): string[] {
  const ofRuns = world.ads.flatMap(({ ad, surfaceIds }) => {
    const end = ends.get(ad.adId);
    if (!end?.workflow) return [`ad ${ad.adId}: its last run is ${end?.status ?? 'not there'}`];
    return surfaceIds.flatMap((id) => {
      const [workflow, ledger] = [end.workflow?.[id] ?? null, end.ledger[id] ?? null];
      return workflow === ledger ? [] : [`ad ${ad.adId} on ${id}: the workflow says ${workflow}, the ledger ${ledger}`];
    });
  });
  const ofSurfaces = seen.flatMap(({ surface, platform: { standing }, ends: told }) =>
    told.flatMap(({ adId, outcome }) => {
      if (outcome === null || !STANDS.includes(outcome)) return [];
      const [comment] = standing;
      if (!comment) return [`ad ${adId} on ${surface.surfaceId}: ${outcome}, and nothing stands there`];
      if (outcome === 'visible' && comment.hidden) return [`ad ${adId} on ${surface.surfaceId}: visible, and it is hidden`];
      if (outcome === 'hidden' && !comment.hidden) return [`ad ${adId} on ${surface.surfaceId}: hidden, and it is shown`];
      return [];
    }),
  );
  return [...ofRuns, ...ofSurfaces];
}
