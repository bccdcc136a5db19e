import { surveying } from './policies.ts';
import type { Run } from './run.ts';
import { patiently, type Refused, unlessRefused } from './waiting.ts';

/**
 * Makes the ads of the brand's accounts known before anything is judged (protocol f), when that is due: what the ledger said
 * as the run began, and again after a longer wait. In a history of before surveys nothing is ever due.
 */
export async function surveyWhenDue(run: Run): Promise<Refused | null> {
  if (run.surveyDueAt === null || Date.now() < run.surveyDueAt) return null;
  run.surveying ??= carrySurvey(run);
  return run.surveying;
}

/** A platform's "not now" and a dead token park the run, as they do for `resolve`; a refusal is an answer. */
async function carrySurvey(run: Run): Promise<Refused | null> {
  try {
    const { survey } = surveying(run.input.ad.platform, "learn which ads the brand's accounts show, and where");
    const surveyed = await unlessRefused(patiently(run, null, () => survey()));
    if ('kind' in surveyed) return surveyed;
    run.surveyDueAt = Date.now() + surveyed.dueInMs;
    return null;
  } finally {
    run.surveying = null;
  }
}
