import type { Resolved } from '../activities/run-contract.ts';
import { showDetails } from './describe.ts';
import { type Refused, unlessRefused } from './failures.ts';
import { ledger, reads } from './policies.ts';
import { enterStage, note, type Place, type Run } from './run.ts';
import { showText } from './standing.ts';
import { surveyWhenDue } from './survey.ts';
import { patiently } from './waiting.ts';

/** Gathers facts for the given places, has them judged, and ends those whose facts cannot be had. */
export async function validate(run: Run, places: readonly Place[]): Promise<void> {
  enterStage(run, null, 'validate');
  for (const place of places) enterStage(run, place, 'validate');
  showDetails(run);
  await surveyWhenDue(run);
  const { ad, mode, edits } = run.input;
  const { platform } = ad;
  const request = { run: run.ref, ad, mode, surfaces: places.map((place) => place.surface), ...(edits ? { edits } : {}) };
  const gathered = await patiently(run, null, () => reads(platform, `facts of ${places.length} surface(s)`).gatherFacts(request));
  const known = gathered.flatMap((each) => {
    const place = places.find((candidate) => candidate.surface.surfaceId === each.surfaceId);
    if (!place) return [];
    if (each.kind === 'gathered') return [{ surface: place.surface, factsId: each.factsId }];
    note(place, { outcome: each.outcome, says: each.says });
    return [];
  });
  if (known.length === 0) return;
  for (const judged of await ledger('judge by every guardrail').judgeFacts({ surfaces: known })) {
    const place = places.find((candidate) => candidate.surface.surfaceId === judged.surface.surfaceId);
    if (!place) continue;
    place.judged = judged;
    showText(place, judged.standing?.text);
    note(place, { rules: judged.rules, says: verdictSentence(judged.rules) });
  }
  showDetails(run);
}

/** Resolves the ad anew and validates one surface again: after a longer wait nothing judged before may be relied on. */
export async function revalidate(run: Run, place: Place): Promise<void> {
  const resolved = await resolve(run);
  const surface =
    resolved.kind === 'resolved' ? resolved.surfaces.find((each) => each.surfaceId === place.surface.surfaceId) : undefined;
  if (!surface) {
    const why = resolved.kind === 'resolved' ? 'the ad is no longer shown on this surface' : resolved.why;
    note(place, { outcome: resolved.kind === 'refused' ? 'refused' : 'not-commentable', says: why });
    return;
  }
  await validate(run, [place]);
}

export type ResolveAnswer = Resolved | Refused;

/** One resolve; a refusal of the platform is an answer, not a defect. */
export function resolve(run: Run): Promise<ResolveAnswer> {
  const { ad, mode } = run.input;
  const ask = () => reads(ad.platform, `ask for ad ${ad.adId}`).resolve({ run: run.ref, ad, mode });
  return unlessRefused(patiently(run, null, ask));
}

/** Whether the facts have grown too old to publish under; the gate asks the same again with the database's clock. */
export function factsAreOld(run: Run, place: Place): boolean {
  if (!place.judged) return true;
  return Date.now() - Date.parse(place.judged.gatheredAt) > run.timing.factsMaxAgeMs * 0.8;
}

function verdictSentence(rules: readonly { readonly rule: string; readonly verdict: string; readonly says: string }[]): string {
  const worst = rules.find((rule) => rule.verdict === 'block') ?? rules.find((rule) => rule.verdict === 'hold');
  return worst ? `${worst.rule}: ${worst.says}` : 'all guardrails pass';
}
