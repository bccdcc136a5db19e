import type { AdRef, Platform } from '../domain/ad.ts';
import type { AdSnapshot, AdState, OwnComment, Resolution, SurfaceReading, ThreadReading } from '../domain/facts.ts';
import type { MetricRow } from '../domain/metrics.ts';
import type { OurSigns } from '../domain/ours.ts';
import type { Surface, SurfaceRef } from '../domain/surface.ts';

/**
 * Why a platform call failed, in our words. `unknown-outcome` is only for writes: the platform may have acted.
 * `schema` is an answer that does not fit; `transient` is worth another read.
 */
export const PLATFORM_ERROR_KINDS = [
  'throttled',
  'auth',
  'permission',
  'not-found',
  'invalid',
  'policy',
  'transient',
  'schema',
  'unknown-outcome',
] as const;
export type PlatformErrorKind = (typeof PLATFORM_ERROR_KINDS)[number];

/** Code of a `schema` error of ours: the answer is longer than any that is read. Asking for fewer rows may mend it. */
export const TOO_LONG = 'too-long';

/** A failed platform call. The message is scrubbed of secrets, at most 500 characters, and says what to do. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly kind: PlatformErrorKind;
  readonly platform: Platform;
  /** The platform's own code for logs and the ledger, e.g. `190/463`; only `TOO_LONG` is branched on outside the adapter. */
  readonly code: string | null;
  /** How long the platform asks us to wait, milliseconds; `null` when it does not say. */
  readonly retryAfterMs: number | null;

  constructor(fields: {
    kind: PlatformErrorKind;
    platform: Platform;
    message: string;
    code?: string | null;
    retryAfterMs?: number | null;
    cause?: unknown;
  }) {
    super(fields.message.slice(0, 500), fields.cause === undefined ? undefined : { cause: fields.cause });
    this.kind = fields.kind;
    this.platform = fields.platform;
    this.code = fields.code ?? null;
    this.retryAfterMs = fields.retryAfterMs ?? null;
  }
}

/** What one usage header said after a call; percentages 0–100 and more. */
export interface UsageReport {
  readonly platform: Platform;
  /** Which limit: `app`, `page`, `business-use-case`, `ad-account`, `insights`. */
  readonly bucket: string;
  /** The Page, account or app that the limit belongs to, where the header names it. */
  readonly subject: string | null;
  readonly useCase: string | null;
  readonly highestPercent: number;
  /** Milliseconds until the platform opens again; 0 when open; `null` when not said. */
  readonly regainAccessMs: number | null;
}

/** Whom a call is made for. The adapter resolves the secret from it at call time. */
export interface CallContext {
  readonly accountId: string;
  readonly signal?: AbortSignal;
}

/** How far down a thread is read, newest first. */
export type ThreadDepth =
  | { readonly kind: 'first-page' }
  /** At most `newest` newest comments and, where the platform can order, `oldest` oldest ones. */
  | { readonly kind: 'bounded'; readonly newest: number; readonly oldest: number }
  /** Paged, through empty pages that have a next one, until a comment is older than `olderThan` (ISO 8601) or the end. */
  | { readonly kind: 'until'; readonly olderThan: string };

export interface ThreadRequest {
  readonly surface: SurfaceRef;
  readonly identityId: string;
  readonly pageId: string;
  readonly depth: ThreadDepth;
  /** A comment without an author that bears one of these may be ours; any other without an author is a stranger's. */
  readonly signs: OurSigns;
}

export interface PublishRequest {
  readonly surface: SurfaceRef;
  /** The identity that speaks: the Page's id, or the Instagram account's. */
  readonly identityId: string;
  /** The Page whose token is used; for Instagram the linked Page. */
  readonly pageId: string;
  readonly adId: string;
  /** Exactly these bytes are published. */
  readonly text: string;
  /** Monotonic (`performance.now()`) moment after which no byte may be handed to a socket. */
  readonly sendBy: number;
  /** Deadline of the HTTP exchange, milliseconds. */
  readonly deadlineMs: number;
}

/** One ad of an account's listing. */
export interface ListedAd {
  readonly ad: AdRef;
  /** `null` when the row does not fit; then nobody knows its market. */
  readonly snapshot: AdSnapshot | null;
  /** `null` when the row does not say it. */
  readonly state: AdState | null;
  /** The surfaces that its creative names, by the creative's strings. */
  readonly names: readonly SurfaceRef[];
  /** Whether `names` are all of them: not while the creative is processed, nor where they could not be read. */
  readonly complete: boolean;
  /** Which fields do not fit, without their values; `null` for a row that does. */
  readonly misfit: string | null;
}

/** One page of an account's listing; it may be empty and still have a next one. */
export interface AdPage {
  readonly ads: readonly ListedAd[];
  /** Rows of which not even the ad's id can be read, each with the fields that do not fit. */
  readonly unreadable: readonly string[];
  /** Where the next page begins; `null` after the last. */
  readonly next: string | null;
}

/** What became of one publish request. Never throws for a platform's answer: each is a value. */
export type PublishResult =
  | { readonly kind: 'accepted'; readonly commentId: string }
  /** A definite no: nothing was created. `why` tells the caller how to go on. */
  | {
      readonly kind: 'refused';
      readonly why: Exclude<PlatformErrorKind, 'transient' | 'schema' | 'unknown-outcome'>;
      readonly code: string | null;
      readonly says: string;
      readonly retryAfterMs: number | null;
    }
  /** No byte left this machine. */
  | { readonly kind: 'not-sent'; readonly says: string }
  /** The platform may or may not have acted. */
  | { readonly kind: 'unknown'; readonly says: string; readonly code: string | null };

/** One comment of ours as the platform shows it now. */
export type CommentReading =
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'there';
      readonly comment: OwnComment;
      /** `null` when the author cannot be read. */
      readonly authorId: string | null;
      /** Hidden, pending or private; `null` when the platform does not say, which proves nothing. */
      readonly hidden: boolean | null;
      readonly permalink: string | null;
      /** Whether the platform's default list shows it, and at which place (1 = first) of how many seen. */
      readonly listed: { readonly rank: number; readonly of: number } | null;
    };

/** Our verbs; one implementation per network. All reads throw `PlatformError`. */
export interface PlatformAdapter {
  readonly platform: Platform;
  /** Whether a complete reading without our comment proves that it is not there (protocol d). */
  absenceProvable(kind: SurfaceRef['kind']): boolean;
  /** One cheap read that tells whether the account's token works. @throws PlatformError when it does not. */
  probe(context: CallContext): Promise<void>;
  resolveAd(ad: AdRef, context: CallContext): Promise<Resolution>;
  /**
   * One page of the account's ads, without those that are archived or deleted. With `changedSince` (ISO 8601) only ads that
   * changed since then, archived ones among them. A row that does not fit never stops the listing.
   */
  listAds(
    request: { readonly changedSince: string | null; readonly after: string | null; readonly limit: number },
    context: CallContext,
  ): Promise<AdPage>;
  readSurface(surface: Surface, pageId: string, context: CallContext): Promise<SurfaceReading>;
  /** Reads the thread as `identityId`; strangers are counted, never returned. */
  readThread(request: ThreadRequest, context: CallContext): Promise<ThreadReading>;
  publish(request: PublishRequest, context: CallContext): Promise<PublishResult>;
  readComment(
    request: { surface: SurfaceRef; identityId: string; pageId: string; commentId: string },
    context: CallContext,
  ): Promise<CommentReading>;
  /** Hides or shows one comment of ours. */
  setHidden(
    request: { surface: SurfaceRef; pageId: string; adId: string; commentId: string; hidden: boolean },
    context: CallContext,
  ): Promise<void>;
  /** Replaces the text of one comment of ours; `unsupported` where the network cannot. */
  editComment(
    request: { surface: SurfaceRef; pageId: string; commentId: string; text: string },
    context: CallContext,
  ): Promise<'edited' | 'unsupported'>;
  /** Deletes one comment of ours; a comment that is already gone counts as deleted. */
  deleteComment(
    request: { surface: SurfaceRef; pageId: string; adId: string; commentId: string },
    context: CallContext,
  ): Promise<void>;
  /** The ad's daily metrics by placement, days inclusive, in the ad account's time zone. Empty when it has not delivered. */
  dailyMetrics(request: { ad: AdRef; since: string; until: string }, context: CallContext): Promise<readonly MetricRow[]>;
}
