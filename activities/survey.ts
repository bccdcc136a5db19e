import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { marketDigest } from '../domain/market-digest.ts';
import type { Timing } from '../domain/timing.ts';
import { PlatformError } from '../platforms/platform.ts';
import type { SurveyedAccount, SurveyKind, SurveyPace } from '../store/ledger.ts';
import type { Dependencies } from './dependencies.ts';
import { FAILURE } from './failure-contract.ts';
import { failureOf, notYet } from './failures.ts';
import { listAccount } from './list-account.ts';
import type { Surveyed } from './run-contract.ts';

/** Those who wait for a closed listing come back up to so much later than it opens, and not all at once. */
const LATEST_AFTER_OPENING_MS = 60_000;

/**
 * Makes the ads of the brand's accounts known before a run judges (protocol f): lists each account that is due, page by page.
 * Of several workers one lists an account; the others wait for it by the activity's own retries, which leave no events. An
 * account that cannot be listed does not keep the others from it; then the worst of what happened is the failure.
 */
export async function survey(dependencies: Dependencies): Promise<Surveyed> {
  const { ledger, timing } = dependencies;
  await surveyAll(dependencies, 'due');
  return {
    dueInMs: await surveyDueInMs(dependencies),
    wholeDue: await ledger.wholeSurveyDue(accountsOf(dependencies), timing.surveyWholeEveryMs),
  };
}

/** Lists all ads of the accounts once more where that is due. Nobody waits for it: what it does not come to, the next one does. */
export async function surveyBeside(dependencies: Dependencies): Promise<void> {
  await surveyAll(dependencies, 'beside');
}

/** Milliseconds until one of the brand's accounts must be surveyed before anything is judged. */
export function surveyDueInMs(dependencies: Dependencies): Promise<number> {
  return dependencies.ledger.surveyDueInMs(accountsOf(dependencies), dependencies.timing.surveyEveryMs);
}

function accountsOf({ brand }: Dependencies): readonly SurveyedAccount[] {
  const digest = marketDigest(brand);
  return brand.accounts.map(({ platform, accountId }) => ({ platform, accountId, marketDigest: digest }));
}

async function surveyAll(dependencies: Dependencies, kind: SurveyKind): Promise<void> {
  const failures: unknown[] = [];
  for (const account of accountsOf(dependencies)) {
    try {
      await surveyOne(dependencies, account, kind);
    } catch (error) {
      if (cancellationSignal().aborted) throw error;
      failures.push(error);
    }
  }
  const worst = failures.sort((one, other) => weight(one) - weight(other))[0];
  if (worst !== undefined) throw worst;
}

/** What needs a person comes first, then what needs time; what passes by itself is worth saying only alone. */
function weight(error: unknown): number {
  if (!(error instanceof ApplicationFailure)) return 0;
  const order: readonly unknown[] = [FAILURE.refused, FAILURE.credentials, FAILURE.throttled];
  const at = order.indexOf(error.type);
  return at < 0 ? order.length + 1 : at + 1;
}

async function surveyOne(dependencies: Dependencies, account: SurveyedAccount, kind: SurveyKind): Promise<void> {
  const { ledger, timing } = dependencies;
  const { platform, accountId } = account;
  heartbeat({ account: accountId });
  const turn = await ledger.takeSurvey(account, kind, paceOf(timing));
  if (turn.kind === 'not-due' || (turn.kind !== 'yours' && kind === 'beside')) return;
  if (turn.kind === 'closed') {
    const retryAfterMs = turn.opensInMs + Math.round(Math.random() * Math.min(LATEST_AFTER_OPENING_MS, turn.opensInMs / 4));
    throw failureOf(new PlatformError({ kind: 'throttled', platform, message: turn.says, retryAfterMs }), { accountId });
  }
  if (turn.kind === 'held') {
    const says = `another worker lists the ads of ${accountId} (${turn.ads} so far, on ${turn.pages} pages); this one waits for it`;
    throw notYet(says, waitFor(turn.sinceMs, timing));
  }
  if (!(await listAccount(dependencies, turn.lease, paceOf(timing)))) {
    throw notYet(`another worker went on with the ads of ${accountId}; this one waits for it`, waitFor(0, timing));
  }
}

/** The longer somebody is at it already, the longer it is worth waiting. */
function waitFor(sinceMs: number, { surveyPollsMs }: Timing): number {
  return Math.max(Math.min(...surveyPollsMs), Math.min(Math.max(...surveyPollsMs), Math.round(sinceMs / 4)));
}

function paceOf({ surveyEveryMs, surveyWholeEveryMs, surveyLeaseMs, skewMs }: Timing): SurveyPace {
  return { everyMs: surveyEveryMs, wholeEveryMs: surveyWholeEveryMs, leaseMs: surveyLeaseMs, skewMs };
}
