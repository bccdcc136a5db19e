import type { Await } from './awaits.ts';

/** Awaits that need no cell, each with the reason. One that is covered or gone makes the enumeration fail: take it out then. */
const RESTORED =
  'a row that a restored database lacks: protocol k, with a database that is restored (test/workflows/restore.test.ts)';
const PROBE = "the pace of a token's probe; nothing is published by it (test/sweep/credentials.test.ts)";
const WAKING = 'wakes and notes who is lost; each run also wakes by its own timer (test/sweep/waking.test.ts)';

const EDIT =
  'an edit changes a comment that stands: done twice it leaves the same one comment (test/workflows/edit.test.ts, test/store/edits.test.ts)';
const REMOVED_LATER = 'a removal that is tried again, or given up and told (test/sweep/ordered.test.ts)';
const LOOK_GIVEN_UP = 'a look that always fails is given up and told (test/sweep/looks.test.ts)';

export const EXEMPT: Readonly<Record<string, string>> = {
  'activities/list-account.ts ledger.restartListing':
    'listing an account again from its first page; nothing is judged before it is done (test/store/surveys.test.ts)',
  'workflows/survey.ts besideRuns(…)': 'a listing that nobody waits for (test/activities/survey.test.ts)',
  'activities/baseline.ts ledger.behind': RESTORED,
  'activities/gather.ts ledger.behind': RESTORED,
  'activities/remove-comment.ts ledger.behind': RESTORED,
  'activities/retract/order.ts ledger.behind': RESTORED,
  'activities/settle.ts ledger.behind': RESTORED,
  "workflows/after-restore.ts ledger('note that the run began').openRun": RESTORED,
  'activities/sweep/probe.ts ledger.credentialWaiters': PROBE,
  'activities/sweep/probe.ts ledger.takeProbe': PROBE,
  'activities/sweep/probe.ts ledger.tokenWorked': PROBE,
  'activities/sweep/probe.ts platform.probe': PROBE,
  'activities/sweep/probe.ts ledger.recordProbe': PROBE,
  'activities/sweep/waiting.ts runs.isOpen': WAKING,
  'activities/sweep/waiting.ts ledger.pausedWaiters': WAKING,
  'activities/sweep/waiting.ts ledger.claimWaiters': WAKING,
  'activities/sweep/waiting.ts ledger.credentialWaiters': WAKING,
  'activities/sweep/waiting.ts ledger.takeWaiters': WAKING,
  'activities/sweep/waiting.ts runs.wakeAll': WAKING,
  'activities/sweep/waiting.ts ledger.noteLost': WAKING,
  'activities/sweep/waiting.ts ledger.takeUnseenRuns': WAKING,
  'workflows/sweep.ts sweeping(…)': WAKING,
  'activities/gather.ts platform.readComment': EDIT,
  'activities/publish.ts platform.editComment': EDIT,
  'activities/runs.ts ledger.claimToEdit': EDIT,
  'activities/settle-edit.ts platform.readComment': EDIT,
  'activities/settle-edit.ts ledger.recordIncident': EDIT,
  'activities/settle-edit.ts ledger.withdrawalOn': EDIT,
  'activities/settle-edit.ts ledger.commentOn': EDIT,
  "workflows/edit-surface.ts ledger('claim ${formatSurface(place.surface)} to edit ${commentId}').claimToEdit": EDIT,
  'activities/sweep/looks.ts ledger.recordIncident': LOOK_GIVEN_UP,
  'activities/sweep/looks.ts ledger.closeLooks': LOOK_GIVEN_UP,
  'activities/retract/carry-orders.ts ledger.postponeRemoval': REMOVED_LATER,
  'activities/retract/carry-orders.ts ledger.recordWithdrawal': REMOVED_LATER,
};

export function exemptionOf({ file, what }: Await): string | null {
  return EXEMPT[`${file} ${what}`] ?? null;
}
