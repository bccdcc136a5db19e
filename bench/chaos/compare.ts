import { normaliseText } from '../../domain/ours.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { closures, sentWhileClosed } from './closures.ts';
import { comments, duplicatesAtEnd, duplicatesEver, NOTHING_THERE } from './counts.ts';
import type { EndedOrder, PausedFor } from './operator.ts';
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
  /** What passed the gate, or reached the platform, while a pause or a withdrawal order kept it closed. */
  readonly sentWhileClosed: readonly string[];
  /** Comments that stand although they were to be withdrawn, and orders that did not come to their end. */
  readonly notWithdrawn: readonly string[];
  /** `unconfirmed` where absence is provable, or while our comment is listed. */
  readonly falselyUnconfirmed: readonly string[];
  /** Workflow, ledger and platform tell different things of one end. */
  readonly disagreements: readonly string[];
}

export interface Expectations {
  /** Surfaces on which a request was made to land later than is promised (protocol l). */
  readonly lateSurfaceIds: readonly string[];
  readonly cancelledAdIds: readonly string[];
  /** Surfaces on which the platform was made to carry a request out some time after it came. */
  readonly heldBackSurfaceIds: readonly string[];
  readonly pauses: readonly PausedFor[];
  readonly orders: readonly EndedOrder[];
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
    const platform = truths.platform.get(surface.surfaceId) ?? NOTHING_THERE;
    const ledger = truths.ledger.get(surface.surfaceId) ?? { attempts: [], publications: [] };
    const ends = surface.adIds.map((adId) => ({ adId, outcome: outcomeOf(truths.ends.get(adId), surface.surfaceId) }));
    return { surface, platform, ledger, ends };
  });
  const isLate = ({ surface }: Seen) => expected.lateSurfaceIds.includes(surface.surfaceId);
  const each = (find: (one: Seen) => readonly string[]) => seen.flatMap(find);
  const closed = closures(expected);
  return {
    comments: comments(seen),
    unconfirmed: seen.filter(({ ends }) => ends.some(({ outcome }) => outcome === 'unconfirmed')).length,
    duplicatesEver: each((one) => (isLate(one) ? [] : duplicatesEver(one))),
    lateLandings: each((one) => (isLate(one) ? duplicatesEver(one) : [])),
    duplicatesAtEnd: each(duplicatesAtEnd),
    lost: each((one) => lost(one, expected)),
    wrong: each((one) => wrong(one, expected)),
    sentWhileClosed: each((one) => sentWhileClosed(one, closed, expected.heldBackSurfaceIds.includes(one.surface.surfaceId))),
    notWithdrawn: expected.cutShort ? [] : notWithdrawn(seen, expected.orders),
    falselyUnconfirmed: each(falselyUnconfirmed),
    disagreements: expected.cutShort ? [] : disagreements(world, truths, seen, expected),
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

function lost(one: Seen, expected: Expectations): string[] {
  const { surface, ledger, ends } = one;
  const { standing } = one.platform;
  const { surfaceId } = surface;
  // Nobody looked for one of before where every run was cancelled, and nobody could tell where one is unconfirmed.
  const excused = ends.some(({ outcome }) => outcome === 'unconfirmed' || (outcome === 'withdrawn' && surface.before === 'ours'));
  const unknown = standing.filter(({ id }) => !ledger.publications.includes(id));
  if (unknown.length > 0 && !excused && !expected.cutShort)
    return [`${surfaceId}: the ledger does not know ${unknown.map(({ id }) => id).join(', ')}`];
  if (standing.length > 0 || expected.cutShort) return [];
  return ends
    .filter(({ adId, outcome }) => !explains(outcome, adId, one, expected))
    .map(({ adId, outcome }) => `${surfaceId}: nothing stands there, ad ${adId} ended as ${outcome ?? 'nothing'}`);
}

/** Whether an outcome tells rightly why nothing stands: it must have a cause in the world or in the schedule. */
function explains(
  outcome: Outcome | null,
  adId: string,
  { surface, platform, ledger }: Seen,
  { cancelledAdIds, maxAttempts, orders }: Expectations,
): boolean {
  const ordered = isOrdered(surface, orders);
  switch (outcome) {
    case 'visible':
    case 'hidden':
      // It stood there until it was withdrawn.
      return ordered && platform.written.length > 0;
    case 'unconfirmed':
      return true;
    case 'withdrawn':
      return cancelledAdIds.includes(adId) || ordered;
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
  return platform.written.flatMap(({ commentId, text, authorId }) => {
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

function isOrdered({ adIds }: PlannedSurface, orders: readonly EndedOrder[]): boolean {
  return orders.some(({ adId }) => adIds.includes(adId));
}

function notWithdrawn(seen: readonly Seen[], orders: readonly EndedOrder[]): string[] {
  return orders.flatMap(({ orderId, adId, outcome, says }) => {
    const covered = seen.filter(({ surface }) => surface.adIds.includes(adId));
    const standing = covered.flatMap(({ surface: { surfaceId }, platform }) =>
      platform.standing.map(({ id }) => `${surfaceId}: ${id} stands although ad ${adId} was withdrawn`),
    );
    // Where absence cannot be proven, nobody can say that an attempt of unknown outcome left nothing.
    const unsure = outcome === 'unconfirmed' && covered.some(({ surface }) => surface.kind === 'instagram-media');
    if (outcome === 'withdrawn' || unsure) return standing;
    return [...standing, `the order ${orderId} for ad ${adId} ended as ${outcome ?? 'nothing'}: ${says}`];
  });
}

function falselyUnconfirmed({ surface, platform, ends }: Seen): string[] {
  const unsure = ends.filter(({ outcome }) => outcome === 'unconfirmed');
  const provable = surface.kind === 'facebook-post';
  const listed = platform.standing.some(({ hidden, listed: inList }) => !hidden && inList);
  if (!provable && !listed) return [];
  const why = listed ? 'our comment is listed' : 'absence can be proven';
  return unsure.map(({ adId }) => `${surface.surfaceId}: ad ${adId} ended as unconfirmed although ${why}`);
}

function disagreements(world: ChaosWorld, { ends }: Truths, seen: readonly Seen[], { orders }: Expectations): string[] {
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
      if (!comment && isOrdered(surface, orders)) return [];
      if (!comment) return [`ad ${adId} on ${surface.surfaceId}: ${outcome}, and nothing stands there`];
      if (outcome === 'visible' && comment.hidden) return [`ad ${adId} on ${surface.surfaceId}: visible, and it is hidden`];
      if (outcome === 'hidden' && !comment.hidden) return [`ad ${adId} on ${surface.surfaceId}: hidden, and it is shown`];
      return [];
    }),
  );
  return [...ofRuns, ...ofSurfaces];
}
