/** The five stages of a run, in order. The same words in code, search attributes, summaries and docs. */
export const STAGES = ['resolve', 'validate', 'publish', 'verify', 'baseline'] as const;
export type Stage = (typeof STAGES)[number];

/** Outcomes of a surface, worst first. A run's outcome is the worst of its surfaces' (design §3). */
export const OUTCOMES = [
  'unconfirmed',
  'refused',
  'hidden',
  'blocked',
  'not-commentable',
  'withdrawn',
  'held-out',
  'covered-by-brand',
  'covered',
  'visible',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a run waits. */
export const WAITING_REASONS = [
  'awaiting-approval',
  'paused',
  'throttled',
  'awaiting-credentials',
  'awaiting-surface',
  'awaiting-claim',
  'settling',
] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** The worst of the given outcomes; `not-commentable` for none, as an ad without a surface is. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? 'not-commentable';
}

/** Outcomes that leave something for a person to look at. */
export function needsHuman(outcome: Outcome): boolean {
  return outcome === 'unconfirmed' || outcome === 'refused' || outcome === 'hidden';
}
