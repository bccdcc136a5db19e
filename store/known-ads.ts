import type { AdRef, Platform } from '../domain/ad.ts';
import type { AdEdge, AdSnapshot, AdState, UnusableSurface } from '../domain/facts.ts';
import type { Surface, SurfaceRef } from '../domain/surface.ts';
import type { RunRef } from './runs.ts';

/** One ad as it was seen by a resolve or in its account's listing, with the surfaces that it is shown on. */
export interface AdSighting {
  readonly ad: AdRef;
  /** `null` where the listing's row does not say; what was known before stays. */
  readonly name: string | null;
  readonly campaignId: string | null;
  readonly state: AdState | null;
  /** The market of the ad as a whole; `null` when its evidence names none or contradicts itself. */
  readonly marketId: string | null;
  /** Under what the markets were decided (`marketDigest`). */
  readonly marketDigest: string;
  readonly edges: readonly SeenEdge[];
  /** Whether these are all its surfaces: those that it was shown on before and that are not among them have ended. */
  readonly complete: boolean;
}

export interface SeenEdge {
  /** As the creative names the surface. */
  readonly named: SurfaceRef;
  /** The surface's own id, where it was asked; `null` when only the creative's string is known. */
  readonly surfaceId: string | null;
  /** The market for which the ad speaks there; `null` when it is not clear. */
  readonly marketId: string | null;
}

/** Surfaces, under any of their names; or those that these ads are shown on now. */
export type MismatchScope = { readonly surfaces: readonly SurfaceRef[] } | { readonly ads: readonly AdRef[] };

export interface AccountRef {
  readonly platform: Platform;
  readonly accountId: string;
}

/** An account as a brand folder surveys it: under another digest its ads speak for other markets, and all are listed anew. */
export interface SurveyedAccount extends AccountRef {
  readonly marketDigest: string;
}

/** How often accounts are surveyed, milliseconds; from the run's timing. */
export interface SurveyPace {
  readonly everyMs: number;
  /** How often all ads are listed again, not only those that changed. */
  readonly wholeEveryMs: number;
  readonly skewMs: number;
  /** How long a page may take before somebody else goes on with the listing. */
  readonly leaseMs: number;
}

/**
 * `due`: what runs wait for – changes, or all ads where they were never listed. `beside`: all ads once more, which nobody
 * waits for.
 */
export type SurveyKind = 'due' | 'beside';

/** The right to list one account, and where its listing stands. */
export interface SurveyLease {
  readonly account: SurveyedAccount;
  readonly scope: 'whole' | 'changes';
  readonly token: string;
  /** ISO 8601: only ads that changed since then are asked for; `null` = all. */
  readonly changedSince: string | null;
  /** The page at which to go on; `null` for the first. */
  readonly after: string | null;
  /** A cursor of some pages ago: one that comes again leads in a circle. */
  readonly mark: string | null;
  /** Pages that this listing has had before, and how many of them in a row named no ad that was new to it. */
  readonly pages: number;
  readonly barren: number;
  readonly ads: number;
  /** How many ads to ask for at once. */
  readonly pageSize: number;
  /** The database's clock before the page is asked for: what was seen of an ad since then is newer than the page. */
  readonly askedAt: string;
}

export type SurveyTurn =
  | { readonly kind: 'yours'; readonly lease: SurveyLease }
  | { readonly kind: 'not-due' }
  /** Another worker lists it right now. `sinceMs`: since that listing began. */
  | { readonly kind: 'held'; readonly sinceMs: number; readonly pages: number; readonly ads: number }
  /** The platform said "not now" to a listing before. */
  | { readonly kind: 'closed'; readonly opensInMs: number; readonly says: string };

export interface ListedPage {
  readonly sightings: readonly AdSighting[];
  /** Rows that did not fit but whose ids could be read; they are among the sightings. */
  readonly misfits: number;
  readonly unreadable: number;
  /** Where the next page begins; `null` ends the survey. */
  readonly next: string | null;
}

export interface RecordedPage {
  readonly lease: SurveyLease;
  /** The listing comes by the same pages again. */
  readonly circling: boolean;
  /** Ids of surfaces for which an incident was noted now. */
  readonly mismatched: readonly string[];
}

/** The part of the ledger that knows which ads are shown on which surfaces, over all accounts (protocol f). */
export interface KnownAds {
  /** Keeps what the run resolved, the names under which surfaces go, and the ad's edges as they are now. */
  recordResolution(
    run: RunRef,
    snapshot: AdSnapshot,
    surfaces: readonly Surface[],
    sighting: AdSighting,
    unusable?: readonly UnusableSurface[],
  ): Promise<void>;
  /**
   * All other ads that are shown on the surface, over all accounts. Not those that are archived or deleted, that their
   * account lists no more, or that show something else by now. A market that was decided under another digest is unknown.
   */
  otherAdsOn(surface: SurfaceRef, ad: AdRef, marketDigest: string): Promise<readonly AdEdge[]>;
  /**
   * Notes an incident for each of the surfaces that carries our comment while its ads do not speak for one market. Said once
   * for the same ads and markets. Answers the ids of the surfaces for which it was said now. To be asked after the edges are
   * committed: of two writers at the same moment one sees both.
   */
  noteMismatches(where: MismatchScope, marketDigest: string): Promise<readonly string[]>;

  /** Milliseconds until the first of the accounts is due for a survey, by the database's clock; 0 when one is due now. */
  surveyDueInMs(accounts: readonly SurveyedAccount[], everyMs: number): Promise<number>;
  /** Whether one of the accounts, each surveyed before, has all its ads to be listed again, and nobody is at it. */
  wholeSurveyDue(accounts: readonly SurveyedAccount[], wholeEveryMs: number): Promise<boolean>;
  /** Takes the account's survey when it is due and nobody is at it. An unfinished listing goes on where it stopped. */
  takeSurvey(account: SurveyedAccount, kind: SurveyKind, pace: SurveyPace): Promise<SurveyTurn>;
  /**
   * Keeps one page, notes mismatches, and renews the lease; the last page ends the survey. What fails in between is done again
   * with the page. `null`: the lease was lost.
   */
  recordListing(lease: SurveyLease, page: ListedPage, pace: SurveyPace): Promise<RecordedPage | null>;
  /** Begins the listing anew, when the platform no longer knows the page to go on from. `null`: the lease was lost. */
  restartListing(lease: SurveyLease, pace: SurveyPace): Promise<SurveyLease | null>;
  /**
   * Notes an answer that was no page; `tooMuch` halves the next page. Answers how many such came in a row. A page that is
   * kept ends the row, and lets pages grow again.
   */
  noteListingTrouble(lease: SurveyLease, tooMuch: boolean): Promise<number>;
  /** Notes that the platform said "not now", so that nobody asks before it opens. */
  closeListing(lease: SurveyLease, opensInMs: number, says: string): Promise<void>;
  /** Gives the turn back to whoever comes next. */
  leaveSurvey(lease: SurveyLease): Promise<void>;
}
