import type { AdRef } from './ad.ts';
import type { NamedSurface, Surface, SurfaceKind, SurfaceRef } from './surface.ts';

/** The state of an ad in our words; the adapter maps each network's own onto them. */
export const AD_STATES = [
  'active',
  'preapproved',
  'pending-review',
  'paused',
  'adset-paused',
  'campaign-paused',
  'with-issues',
  'pending-billing-info',
  'in-process',
  'disapproved',
  'archived',
  'deleted',
] as const;
export type AdState = (typeof AD_STATES)[number];

/** Where an ad's landing URL was found, so that evidence can name it. */
export interface LandingUrl {
  readonly url: string;
  readonly foundIn: string;
}

/** Whom an ad set targets, as far as it decides a market. */
export interface Targeting {
  /** ISO 3166 alpha-2, upper case. */
  readonly countries: readonly string[];
  /** Named groups such as `europe`; a group never decides a market by itself. */
  readonly countryGroups: readonly string[];
  /** BCP 47 tags, or `meta:<key>` for a locale key that the adapter does not know. */
  readonly locales: readonly string[];
}

/**
 * Formats that differ in how many posts an ad may have. `single` is every ad of one creative, carousels, videos and reels
 * among them; a `flexible` or `dynamic-creative` ad is put together from parts, a `catalogue` ad for each viewer.
 */
export const AD_FORMATS = ['single', 'flexible', 'dynamic-creative', 'catalogue'] as const;
export type AdFormat = (typeof AD_FORMATS)[number];

/** The languages between which an ad switches its words, all of them on one and the same post. */
export interface AdLanguages {
  /** BCP 47 tags, or `meta:<key>` for one that the adapter does not know. */
  readonly tags: readonly string[];
  /** What everybody else reads; `null` when the platform does not say which language that is. */
  readonly default: string | null;
}

/** Whether the ad set limits who may comment on one kind of surface. */
export interface CommentLimit {
  /** `null` when the platform does not say, or says a word that the adapter does not know. */
  readonly limited: boolean | null;
  /** The platform's own word, as evidence; `null` when it says nothing. */
  readonly setting: string | null;
}

/** A partnership ad: who made it, and for whom. Ids of Pages and Instagram accounts; either list may be empty. */
export interface Partnership {
  readonly partnerIds: readonly string[];
  readonly sponsorIds: readonly string[];
}

/**
 * What the platform says of an ad, in our words. Holds no token and no stranger's text. Rows that an older release
 * recorded may lack fields; a rule that needs such a field names it in `needs` and blocks without it.
 */
export interface AdSnapshot {
  readonly ad: AdRef;
  readonly name: string;
  readonly state: AdState;
  readonly campaign: { readonly id: string; readonly name: string };
  readonly adSet: { readonly id: string; readonly name: string };
  readonly format: AdFormat;
  /** `null` for an ad with one set of words. */
  readonly languages: AdLanguages | null;
  /** Special ad categories such as `housing`, sorted; empty for an ordinary ad. */
  readonly specialCategories: readonly string[];
  readonly commentLimits: Readonly<Record<SurfaceKind, CommentLimit>>;
  /** `null` for an ad that the brand made alone. */
  readonly partnership: Partnership | null;
  readonly targeting: Targeting;
  /** Placements on which the ad delivers, `facebook/feed`, `instagram/stream` …; `null` = the platform chooses (automatic). */
  readonly placements: readonly string[] | null;
  readonly landingUrls: readonly LandingUrl[];
  /** Tracking parameters that the platform appends to the ad's own link, as written by the advertiser. */
  readonly urlTags: string | null;
  /** Identities that the creative names. */
  readonly facebookPageId: string | null;
  readonly instagramAccountId: string | null;
  /** The Instagram account that stands in for a Page which has none of its own; `null` when there is none. */
  readonly pageBackedAccountId: string | null;
  /** IANA time zone of the ad account, which the platform's days follow. */
  readonly timeZone: string;
  readonly currency: string;
}

/** A post or media that the ad has but that cannot be commented, with the reason in words. */
export interface UnusableSurface {
  readonly kind: SurfaceKind | null;
  readonly reason: string;
  /** As the creative names it; absent where it names none. */
  readonly named?: SurfaceRef;
  /** Whether the ad is shown there all the same: then it is a surface on which nothing can be written, else it is none. */
  readonly delivers?: boolean;
}

/** What `resolve` found out about an ad. */
export type Resolution =
  | {
      readonly kind: 'resolved';
      readonly snapshot: AdSnapshot;
      readonly surfaces: readonly Surface[];
      readonly unusable: readonly UnusableSurface[];
      /** Every post and media that the creative names, under the creative's string and under its own id (protocol a, f). */
      readonly named: readonly NamedSurface[];
    }
  /** The ad is known but its commentable ids are not there yet. */
  | { readonly kind: 'later'; readonly snapshot: AdSnapshot; readonly why: string }
  /** The platform knows no such ad, or our token may not see it. */
  | { readonly kind: 'not-found'; readonly why: string };

/** A comment that our own identity wrote. Strangers' comments are only ever counted. */
export interface OwnComment {
  readonly commentId: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Hidden or pending, as far as the listing says. */
  readonly hidden: boolean;
  /** The app that wrote it, where readable. */
  readonly applicationId: string | null;
  /** Number of replies under it: it decides which of two survives (protocol j), it is never a result. */
  readonly replies: number;
}

/** A thread as read newest first. */
export interface ThreadReading {
  readonly own: readonly OwnComment[];
  /** Top-level comments by anybody else: how many were seen, and the earliest time among them. */
  readonly strangers: { readonly count: number; readonly earliestAt: string | null };
  /** `true` when the reading reached the asked depth without a gap, and no comment that may be ours names no author. */
  readonly complete: boolean;
  /** ISO 8601, UTC: when the first page was read. */
  readonly readAt: string;
}

/** Whether and as whom a surface can be commented right now. */
export interface SurfaceReading {
  readonly surface: Surface;
  /** `true`/`false` as the platform says; `null` when it does not say. */
  readonly commentsEnabled: boolean | null;
  /** Whether the owning Page or account is published; `null` when the platform does not say. */
  readonly identityPublished: boolean | null;
}

/** Another ad that is known to be shown on the same surface now, from the ledger's edges. */
export interface AdEdge {
  readonly ad: AdRef;
  readonly campaignId: string;
  /** The market for which that ad speaks there, by its own run or its account's listing; `null` unless `marketState` is `found`. */
  readonly marketId: string | null;
  /** `unclear`: the evidence names none or contradicts itself, or could not be read. `unknown`: nobody has looked yet. */
  readonly marketState: 'found' | 'unclear' | 'unknown';
}

/** The rendered comment that is proposed for a surface. */
export interface Proposal {
  readonly marketId: string;
  readonly patternId: string;
  readonly copyVersion: number;
  readonly capability: 'link' | 'no-link';
  readonly locale: string;
  /** Hash of the MessageFormat source and the slot types, which the copy approval binds. */
  readonly copyHash: string;
  /** The exact text that would be published, link included. */
  readonly text: string;
  /** SHA-256 of the text's UTF-8 bytes, hex. */
  readonly bytesHash: string;
  /** The link with its UTM parameters; `null` for a copy without link. */
  readonly link: string | null;
  readonly surfaceKey: string;
}

/** A copy approval as the ledger has it. */
export interface CopyApprovalFact {
  readonly approvedBy: string;
  /** ISO 8601, UTC. */
  readonly approvedAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

/** Why no comment could be proposed for a surface. */
export interface NoProposal {
  readonly problem: string;
}

/** Everything the guardrails may look at for one surface. Pure data, kept in the ledger, judged again at will. */
export interface SurfaceFacts {
  /** ISO 8601, UTC: when gathering began; `factsMaxAge` counts from it. */
  readonly gatheredAt: string;
  readonly snapshot: AdSnapshot;
  readonly reading: SurfaceReading;
  readonly thread: ThreadReading;
  readonly otherAds: readonly AdEdge[];
  readonly proposal: Proposal | NoProposal;
  readonly approval: CopyApprovalFact | null;
  /** Comment ids that the ledger holds as ours on this surface. */
  readonly knownCommentIds: readonly string[];
  /** Texts of all attempts ever made on this surface; where a restore may have lost some, the proposed one, too. */
  readonly attemptTexts: readonly string[];
  readonly mode: RunMode;
}

/** How the run came to be: started for a new ad, or by a backfill over existing ones. */
export type RunMode = 'pipeline' | 'backfill';
