import type { Await } from './awaits.ts';

/** Awaits that need no cell, each with the reason. One that is covered or gone makes the enumeration fail: take it out then. */
export const EXEMPT: Readonly<Record<string, string>> = {
  'activities/list-account.ts ledger.restartListing':
    'listing an account again from its first page; nothing is judged before it is done (test/store/surveys.test.ts)',
  'workflows/survey.ts besideRuns(…)': 'a listing that nobody waits for (test/activities/survey.test.ts)',
};

export function exemptionOf({ file, what }: Await): string | null {
  return EXEMPT[`${file} ${what}`] ?? null;
}
