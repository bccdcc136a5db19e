import type { AdRef, Platform } from '../domain/ad.ts';
import type { AdEdge, AdSnapshot, AdState, UnusableSurface } from '../domain/facts.ts';
import type { Surface, SurfaceRef } from '../domain/surface.ts';
import type { RunRef } from './ledger.ts';

/** One ad as it was seen by a resolve or in its account's listing, with the surfaces that it is shown on. */
export interface AdSighting {
  readonly ad: AdRef;
  /** `null` where the listing's row does not say; what was known before stays. */
  readonly name: string | null;
  readonly campaignId: string | null;
  readonly state: AdState | null;
  /** The market of the ad as a whole; `null` when its evidence names none or contradicts itself. */
  readonly marketId: string | null;
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

/** How often accounts are surveyed, milliseconds; from the run's timing. */
export interface SurveyPace {
  readonly everyMs: number;
  /** How often all ads are listed again, not only those that changed. */
  readonly wholeEveryMs: number;
  readonly skewMs: number;
  /** How long a page may take before somebody else goes on with the listing. */
  readonly leaseMs: number;
}

/** The right to list one account, and where its listing stands. */
export interface SurveyLease {
  readonly account: AccountRef;
  readonly token: string;
  /** ISO 8601: only ads that changed since then are asked for; `null` = all. */
  readonly changedSince: string | null;
  /** The page at which to go on; `null` for the first. */
  readonly after: string | null;
  /** Pages that this listing has had before. */
  readonly pages: number;
  /** The database's clock before the page is asked for: what was seen of an ad since then is newer than the page. */
  readonly askedAt: string;
}

export type SurveyTurn =
  | { readonly kind: 'yours'; readonly lease: SurveyLease }
  | { readonly kind: 'not-due' }
  /** Another worker lists it right now. */
  | { readonly kind: 'held' };

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
   * account lists no more, or that show something else by now.
   */
  otherAdsOn(surface: SurfaceRef, ad: AdRef): Promise<readonly AdEdge[]>;
  /**
   * Notes an incident for each of the surfaces that carries our comment while its ads do not speak for one market. Said once
   * for the same ads and markets. Answers the ids of the surfaces for which it was said now. To be asked after the edges are
   * committed: of two writers at the same moment one sees both.
   */
  noteMismatches(where: MismatchScope): Promise<readonly string[]>;

  /** Milliseconds until the first of the accounts is due for a survey, by the database's clock; 0 when one is due now. */
  surveyDueInMs(accounts: readonly AccountRef[], everyMs: number): Promise<number>;
  /** Takes the account's survey when it is due and nobody is at it. An unfinished listing goes on where it stopped. */
  takeSurvey(account: AccountRef, pace: SurveyPace): Promise<SurveyTurn>;
  /**
   * Keeps one page, notes mismatches, and renews the lease; the last page ends the survey. What fails in between is done again
   * with the page. `null`: the lease was lost.
   */
  recordListing(lease: SurveyLease, page: ListedPage, pace: SurveyPace): Promise<RecordedPage | null>;
  /** Begins the listing anew, when the platform no longer knows the page to go on from. `null`: the lease was lost. */
  restartListing(lease: SurveyLease, pace: SurveyPace): Promise<SurveyLease | null>;
  /** Gives the turn back to whoever comes next. */
  leaveSurvey(lease: SurveyLease): Promise<void>;
}
