import type { Outcome } from '../../domain/outcome.ts';
import type { Surface } from '../../domain/surface.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import { nameOf, type Play } from './play.ts';
import { surfacesOf, textFor } from './world/ads.ts';
import { OUR_APP } from './world/scripted-platform.ts';

/** What a cell may end in. */
export interface Expected {
  /** Keys and names that must have been met, or the cell shows nothing. */
  readonly meets: readonly string[];
  /** Honest ends of a surface, beside our comment standing there. */
  readonly mayEnd: readonly Outcome[];
  /** A request lands later than L: two may stand there at once (protocol l). */
  readonly beyondPromise: boolean;
}

const WITH_OURS: readonly Outcome[] = ['visible', 'covered', 'hidden'];
const WITHOUT_OURS: readonly Outcome[] = ['withdrawn', 'refused', 'blocked', 'not-commentable', 'covered-by-brand', 'held-out'];

/** Compares what the platform shows, what the ledger says and how the runs ended. Each breach is a sentence. */
export async function breachesOf(played: Play, expected: Expected, ledger: OpenLedger): Promise<readonly string[]> {
  const breaches = expected.meets.filter((each) => !played.met.has(each)).map((each) => `${each} was never met`);
  if (played.end !== 'done') breaches.push(`the runs come to no end (${played.end} after ${played.steps} steps)`);
  for (const { id, failure } of played.executions) if (failure) breaches.push(`the run ${id.runId} failed: ${failure}`);
  const threw = new Map(played.threw.map(({ key, error }) => [key.replace(/#\d+$/, ''), error]));
  for (const [what, error] of threw) breaches.push(`${what} failed by itself: ${String(error)}`);
  for (const surface of surfacesOf(played.cast)) breaches.push(...(await onSurface(played, expected, ledger, surface)));
  return breaches;
}

async function onSurface(played: Play, expected: Expected, ledger: OpenLedger, surface: Surface): Promise<readonly string[]> {
  const { platform, cast } = played;
  const { surfaceId } = surface;
  const breaches: string[] = [];
  const say = (what: string) => breaches.push(`${surface.kind}: ${what}`);
  const ours = platform.ours(surfaceId);
  const most = platform.mostAtOnce.get(surfaceId) ?? 0;
  if (most > 1 && !expected.beyondPromise) say(`${most} comments of ours stood there at once`);
  const text = textFor(cast, surface);
  for (const each of platform.comments) {
    if (each.surfaceId === surfaceId && each.appId === OUR_APP && each.text !== text)
      say(`other bytes than the judged ones: ${each.text}`);
  }
  const outcomes = outcomesOn(played, surfaceId);
  const attempts = await ledger.attemptsOn(surface);
  const open = attempts.filter(({ result }) => result === null || result.kind === 'unknown');
  const unprovable = !platform.absenceProvable(surface.kind) && open.length > 0;
  for (const { name, outcome } of outcomes) {
    if (outcome === null) continue;
    const allowed: readonly Outcome[] = [
      'visible',
      ...(outcomes.length > 1 ? (['covered'] as const) : []),
      ...(unprovable ? (['unconfirmed'] as const) : []),
      ...expected.mayEnd,
    ];
    if (!allowed.includes(outcome)) say(`${name} ended as ${outcome}, which is not honest here`);
    if (WITH_OURS.includes(outcome) && ours.length === 0) say(`${name} ended as ${outcome}, and nothing of ours is there`);
    const anotherStands = outcomes.some(
      (other) => other.name !== name && other.outcome !== null && WITH_OURS.includes(other.outcome),
    );
    if (WITHOUT_OURS.includes(outcome) && ours.length > 0 && !anotherStands)
      say(`${name} ended as ${outcome}, and ours is there`);
  }
  const stands = outcomes.some(({ outcome }) => outcome === 'visible');
  if (stands && ours.length > 1 && !expected.beyondPromise) say(`${ours.length} comments of ours are there at the end`);
  if (stands)
    breaches.push(
      ...(await recordsOf(
        ledger,
        surface,
        ours.map(({ id }) => id),
        open.length,
      )),
    );
  return breaches;
}

/** What the ledger must say where a run says `visible`. */
async function recordsOf(
  ledger: OpenLedger,
  surface: Surface,
  ours: readonly string[],
  open: number,
): Promise<readonly string[]> {
  const breaches: string[] = [];
  const known = (await ledger.publicationsOn(surface)).map(({ commentId }) => commentId);
  if (!ours.some((id) => known.includes(id)))
    breaches.push(`${surface.kind}: the ledger knows ${known.join(', ') || 'nothing'}, there is ${ours.join(', ')}`);
  if (open > 0) breaches.push(`${surface.kind}: visible, with ${open} attempt(s) of unknown outcome in the ledger`);
  return breaches;
}

/** How the runs ended there; `null` for one that was ended by force and not started again. */
function outcomesOn(
  { cast, states }: Play,
  surfaceId: string,
): readonly { readonly name: string; readonly outcome: Outcome | null }[] {
  return cast.ads.flatMap(({ surfaces }, index) => {
    if (!surfaces.some((each) => each.surfaceId === surfaceId)) return [];
    const state = states[index] ?? null;
    const place = state?.surfaces.find(({ surface }) => surface.surfaceId === surfaceId);
    return [{ name: nameOf(index), outcome: place?.outcome ?? state?.outcome ?? null }];
  });
}
