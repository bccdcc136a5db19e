import { log } from '@temporalio/workflow';
import { FAILURE, type SurveyFailureDetails } from '../activities/failure-contract.ts';
import { showDetails } from './describe.ts';
import { causeOf, ranOutOfTime } from './failures.ts';
import type { Wait } from './messages.ts';
import { besideRuns, surveying } from './policies.ts';
import type { Run } from './run.ts';
import { parkingFor, selfWake, waitForWake } from './waiting.ts';
import { unlistedWait } from './waits.ts';

/**
 * Makes the ads of the brand's accounts known before anything is judged (protocol f), when that is due: what the ledger said
 * as the run began, and again after a longer wait. In a history of before surveys nothing is ever due.
 */
export async function surveyWhenDue(run: Run): Promise<void> {
  if (run.surveyDueAt === null || Date.now() < run.surveyDueAt) return;
  run.surveying ??= carrySurvey(run);
  return run.surveying;
}

/**
 * Tries until all accounts are known. Whatever keeps one from it parks the run, with the account and what to do: nothing is
 * published meanwhile, and it goes on by itself once the account can be listed.
 */
async function carrySurvey(run: Run): Promise<void> {
  const { platform } = run.input.ad;
  const before = run.says;
  run.says = `listing the ads of ${run.accountIds.join(', ')} so that shared posts are known`;
  showDetails(run);
  try {
    for (;;) {
      try {
        const { survey } = surveying(platform, run.timing, "learn which ads the brand's accounts show, and where");
        const { dueInMs, wholeDue } = await survey();
        run.surveyDueAt = Date.now() + dueInMs;
        if (wholeDue) surveyBeside(run);
        return;
      } catch (error) {
        const parking = surveyParking(run, error);
        if (!parking) throw error;
        await waitForWake(run, null, parking.wait, parking.ms);
      }
    }
  } finally {
    run.says = before;
    run.surveying = null;
    showDetails(run);
  }
}

/** All ads once more, while the run goes on. What it does not come to before the run ends, a later one does. */
function surveyBeside(run: Run): void {
  const { surveyBeside } = besideRuns(run.input.ad.platform, "list all ads of the brand's accounts once more, beside the run");
  surveyBeside().catch((error: unknown) => log.info('the listing beside the run came to no end', { error }));
}

function surveyParking(run: Run, error: unknown): { readonly wait: Wait; readonly ms: number } | null {
  const failure = causeOf(error);
  const { accountId } = (failure?.details?.[0] ?? { accountId: run.input.ad.accountId }) as SurveyFailureDetails;
  if (failure?.type === FAILURE.refused) return { wait: unlistedWait(accountId, failure.message), ms: selfWake(run) };
  const known = parkingFor(run, error);
  if (known) return { ...known, wait: { ...known.wait, key: accountId } };
  if (!ranOutOfTime(error)) return null;
  const minutes = Math.round(run.timing.surveyPatienceMs / 60_000);
  const last = failure === null ? '' : ` ${failure.message}`;
  return { wait: unlistedWait(accountId, `It came to no end in ${minutes} minutes.${last}`), ms: selfWake(run) };
}
