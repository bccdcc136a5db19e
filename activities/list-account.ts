import { cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { marketDigest } from '../domain/market-digest.ts';
import { type AdPage, type ListedAd, PlatformError, TOO_LONG } from '../platforms/platform.ts';
import type { AdSighting, SurveyLease, SurveyPace } from '../store/ledger.ts';
import type { Dependencies } from './dependencies.ts';
import { DEFAULT_THROTTLE_MS } from './failure-contract.ts';
import { failureOf } from './failures.ts';
import { tellMismatches } from './mismatches.ts';
import { sightingOf } from './sighting.ts';

/** An answer that does not fit may be a proxy's page now and right in a moment; so many in a row are none. */
const ODD_ANSWERS = 5;

/**
 * Lists one account to its end, from where its listing stands. `false`: somebody else took it over meanwhile. What was kept
 * stays, whatever happens.
 */
export async function listAccount(dependencies: Dependencies, first: SurveyLease, pace: SurveyPace): Promise<boolean> {
  const { ledger } = dependencies;
  let lease: SurveyLease | null = first;
  let restarted = false;
  try {
    while (lease !== null) {
      const { account, pages, ads, after }: SurveyLease = lease;
      heartbeat({ account: account.accountId, pages, ads });
      const page: AdPage | PlatformError = await readPage(dependencies, lease);
      if (page instanceof PlatformError) {
        // The platform may not know a cursor any more that rested for long; one of a moment ago it must know.
        if (page.kind !== 'invalid' || after === null) throw await failureAfter(dependencies, lease, page);
        lease = await ledger.restartListing(lease, pace);
        if (restarted) throw failureOf(page, { accountId: account.accountId });
        restarted = true;
        continue;
      }
      const recorded = await ledger.recordListing(lease, listed(dependencies, account.accountId, page), pace);
      if (recorded === null) return false;
      tellMismatches(recorded.mismatched);
      if (page.next === null) return true;
      lease = recorded.lease;
      if (recorded.circling) {
        await ledger.restartListing(lease, pace);
        throw circling(lease);
      }
    }
    return false;
  } catch (error) {
    if (lease !== null) await leave(dependencies, lease);
    throw error;
  }
}

async function readPage(dependencies: Dependencies, lease: SurveyLease): Promise<AdPage | PlatformError> {
  const { account, changedSince, after, pageSize } = lease;
  try {
    const context = { accountId: account.accountId, signal: cancellationSignal() };
    return await dependencies.platforms[account.platform].listAds({ changedSince, after, limit: pageSize }, context);
  } catch (error) {
    if (error instanceof PlatformError && !cancellationSignal().aborted) return error;
    throw error;
  }
}

/** Notes an answer that was no page, for whoever goes on, and says how the run goes on. */
async function failureAfter({ ledger }: Dependencies, lease: SurveyLease, error: PlatformError): Promise<ApplicationFailure> {
  const { accountId } = lease.account;
  if (error.kind === 'throttled') {
    await ledger.closeListing(lease, error.retryAfterMs ?? DEFAULT_THROTTLE_MS, error.message);
    return failureOf(error, { accountId });
  }
  // A platform in trouble and a page that is too heavy for it say the same.
  const tooMuch = error.kind === 'transient' || error.code === TOO_LONG;
  const trouble = await ledger.noteListingTrouble(lease, tooMuch);
  if (error.kind !== 'schema' || trouble >= ODD_ANSWERS) return failureOf(error, { accountId });
  return ApplicationFailure.create({ type: error.kind, message: error.message, nonRetryable: false });
}

/** The listing begins anew whenever somebody tries again. */
function circling({ account, pages, ads }: SurveyLease): ApplicationFailure {
  const { platform, accountId } = account;
  const message = `The listing of ${accountId} comes by the same pages again (${pages} pages, ${ads} ads). It begins anew; report it when that lasts.`;
  return failureOf(new PlatformError({ kind: 'invalid', platform, message }), { accountId });
}

/** Whoever comes next goes on at once, where this listing stopped. A lease that cannot be given back runs out by itself. */
async function leave({ ledger }: Dependencies, lease: SurveyLease): Promise<void> {
  try {
    await ledger.leaveSurvey(lease);
  } catch (error) {
    log.warn('a survey could not be given back; its lease runs out by itself', { account: lease.account.accountId, error });
  }
}

/** Rows that do not fit are never passed over in silence; their values stay out of the log. */
function listed(dependencies: Dependencies, accountId: string, { ads, unreadable, next }: AdPage) {
  const misfits = ads.filter(({ misfit }) => misfit !== null);
  for (const { ad, misfit } of misfits) {
    log.warn('an ad of the listing does not fit; its market counts as unclear', { ...ad, misfit });
  }
  if (unreadable.length > 0) {
    log.warn('rows of the listing cannot be read at all', { accountId, rows: unreadable.length, first: unreadable[0] });
  }
  const sightings = ads.map((ad) => sighted(dependencies, ad));
  return { sightings, misfits: misfits.length, unreadable: unreadable.length, next };
}

function sighted({ brand }: Dependencies, { ad, snapshot, state, names, complete }: ListedAd): AdSighting {
  if (snapshot) {
    const named = names.map((each) => ({ named: each, surface: null }));
    return sightingOf(snapshot, named, complete, brand);
  }
  const edges = names.map((each) => ({ named: each, surfaceId: null, marketId: null }));
  return { ad, name: null, campaignId: null, state, marketId: null, marketDigest: marketDigest(brand), edges, complete };
}
