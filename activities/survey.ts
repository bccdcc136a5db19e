import { activityInfo, cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { pollDelay, type Timing } from '../domain/timing.ts';
import { type AdPage, type ListedAd, PlatformError } from '../platforms/platform.ts';
import type { AccountRef, AdSighting, SurveyLease, SurveyPace } from '../store/ledger.ts';
import type { Surveyed } from './contract.ts';
import type { Dependencies } from './dependencies.ts';
import { notYet, translated } from './failures.ts';
import { tellMismatches } from './mismatches.ts';
import { sightingOf } from './sighting.ts';

/** Ads on one page. Meta refuses pages that are too heavy to put together, so each further attempt asks for fewer. */
const PAGE_SIZE = 50;
const SMALLEST_PAGE = 10;
/** A hundred thousand ads; more than that is a circle of cursors. */
const MOST_PAGES = 2_000;

/**
 * Makes the ads of the brand's accounts known before a run judges (protocol f): lists each account that is due, page by page.
 * Of several workers one lists an account; the others wait for it by the activity's own retries, which leave no events.
 */
export async function survey(dependencies: Dependencies): Promise<Surveyed> {
  const { brand, ledger, timing } = dependencies;
  const pace = paceOf(timing);
  const elsewhere: string[] = [];
  for (const { platform, accountId } of brand.accounts) {
    const account = { platform, accountId };
    const turn = await ledger.takeSurvey(account, pace);
    if (turn.kind === 'held' || (turn.kind === 'yours' && !(await surveyAccount(dependencies, turn.lease, pace)))) {
      elsewhere.push(accountId);
    }
  }
  if (elsewhere.length > 0) {
    const delay = pollDelay(timing.surveyPollsMs, activityInfo().attempt);
    throw notYet(`another worker surveys ${elsewhere.join(', ')}; this one waits for it`, delay);
  }
  return { dueInMs: await surveyDueInMs(dependencies) };
}

/** Milliseconds until one of the brand's accounts must be surveyed before anything is judged. */
export function surveyDueInMs({ brand, ledger, timing }: Dependencies): Promise<number> {
  return ledger.surveyDueInMs(brand.accounts, timing.surveyEveryMs);
}

function paceOf({ surveyEveryMs, surveyWholeEveryMs, surveyLeaseMs, skewMs }: Timing): SurveyPace {
  return { everyMs: surveyEveryMs, wholeEveryMs: surveyWholeEveryMs, leaseMs: surveyLeaseMs, skewMs };
}

/** Lists one account to its end. `false`: somebody else took it over meanwhile. What was kept stays, whatever happens. */
async function surveyAccount(dependencies: Dependencies, first: SurveyLease, pace: SurveyPace): Promise<boolean> {
  const { ledger } = dependencies;
  const { account } = first;
  let lease: SurveyLease | null = first;
  let restarted = false;
  try {
    for (;;) {
      heartbeat({ account: account.accountId, pages: lease.pages });
      const page = await readPage(dependencies, lease, !restarted);
      if (page === 'cursor-refused') {
        restarted = true;
        lease = await ledger.restartListing(lease, pace);
      } else {
        tellOddRows(account, page);
        const sightings = page.ads.map((ad) => sighted(dependencies, ad));
        const misfits = page.ads.filter((ad) => ad.misfit !== null).length;
        const listed = { sightings, misfits, unreadable: page.unreadable.length, next: page.next };
        const recorded = await ledger.recordListing(lease, listed, pace);
        tellMismatches(recorded?.mismatched ?? []);
        if (recorded !== null && page.next === null) return true;
        lease = recorded?.lease ?? null;
      }
      if (lease === null) return false;
    }
  } catch (error) {
    // Whoever comes next goes on at once, where this listing stopped.
    if (lease !== null) await ledger.leaveSurvey(lease);
    throw error;
  }
}

/** One page. A cursor that the platform does not take any more, because the listing rested too long, begins it anew, once. */
async function readPage(
  dependencies: Dependencies,
  { account, changedSince, after, pages }: SurveyLease,
  mayRestart: boolean,
): Promise<AdPage | 'cursor-refused'> {
  const { platform, accountId } = account;
  const limit = Math.max(SMALLEST_PAGE, Math.floor(PAGE_SIZE / activityInfo().attempt));
  return translated(async () => {
    if (pages >= MOST_PAGES) {
      const message = `The listing of ${accountId} has no end after ${pages} pages. Report it with the account's number of ads.`;
      throw new PlatformError({ kind: 'invalid', platform, message });
    }
    try {
      const context = { accountId, signal: cancellationSignal() };
      return await dependencies.platforms[platform].listAds({ changedSince, after, limit }, context);
    } catch (error) {
      if (error instanceof PlatformError && error.kind === 'invalid' && after !== null && mayRestart) return 'cursor-refused';
      throw error;
    }
  });
}

function sighted({ brand }: Dependencies, listed: ListedAd): AdSighting {
  const { ad, snapshot, state, names, complete } = listed;
  if (snapshot) {
    const named = names.map((each) => ({ named: each, surface: null }));
    return sightingOf(snapshot, named, complete, brand);
  }
  const edges = names.map((each) => ({ named: each, surfaceId: null, marketId: null }));
  return { ad, name: null, campaignId: null, state, marketId: null, edges, complete };
}

/** Rows that do not fit are never passed over in silence; their values stay out of the log. */
function tellOddRows({ accountId }: AccountRef, { ads, unreadable }: AdPage): void {
  for (const { ad, misfit } of ads) {
    if (misfit !== null) log.warn('an ad of the listing does not fit; its market counts as unclear', { ...ad, misfit });
  }
  if (unreadable.length > 0) {
    log.warn('rows of the listing cannot be read at all', { accountId, rows: unreadable.length, first: unreadable[0] });
  }
}
