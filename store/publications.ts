import type { SurfaceRef } from '../domain/surface.ts';
import type { Recorded } from './attempts.ts';
import type { GateScope } from './gate.ts';
import type { Owner } from './runs.ts';

/**
 * Whom a comment speaks for and as, and by which ad it came about: what orders may name, and what later calls to the platform
 * need. Pattern and copy are `null` for a comment that was found and that no attempt of this ledger explains.
 */
export interface Belonging extends Omit<GateScope, 'patternId'> {
  readonly adId: string;
  readonly patternId: string | null;
  readonly copyHash: string | null;
  readonly copyVersion: number | null;
}

/** A comment of ours that stands on a surface. */
export interface Publication {
  readonly surfaceId: string;
  readonly commentId: string;
  readonly attemptId: string | null;
  readonly text: string;
  readonly publishedAt: string;
  /** How it became ours: answered by the platform, or found by settling or the look. */
  readonly origin: 'accepted' | 'adopted';
}

/** A comment of ours as the ledger keeps it, also after it was removed. */
export interface RecordedComment extends Publication {
  /** `null` for a comment of before that no attempt explains. */
  readonly belongs: Belonging | null;
  /** ISO 8601; `null` while it stands. */
  readonly removedAt: string | null;
  /** The claim's owner has decided that it goes (protocol j). */
  readonly goes: boolean;
}

/** The part of the ledger that knows the comments of ours: which stand, and how they were seen. */
export interface Publications {
  /** Comments of ours that stand there, oldest first; those that were removed are left out. */
  publicationsOn(surface: SurfaceRef): Promise<readonly Publication[]>;
  /** One comment of ours, standing or removed; `null` for one that the ledger does not know as ours. */
  commentOn(surface: SurfaceRef, commentId: string): Promise<RecordedComment | null>;
  /** We removed a comment of ours, and it was read back as gone. Its row stays; said twice, the first stays. */
  recordRemoval(surface: SurfaceRef, commentId: string, removal: { by: string; says: string }): Promise<void>;
  /**
   * A comment of ours that was found without an answer (protocol d, e). `belongs`: to whom it belongs where no attempt made
   * on the surface has its text; else the attempt tells. `withdrawn` as in `recordResult`.
   */
  adopt(
    surface: SurfaceRef,
    owner: Owner,
    found: { commentId: string; text: string; createdAt: string },
    belongs: Omit<Belonging, 'patternId' | 'copyHash' | 'copyVersion'>,
  ): Promise<Pick<Recorded, 'withdrawn'>>;
  recordVisibility(
    surface: SurfaceRef,
    commentId: string,
    seen: { visible: boolean; says: string; rank: number | null; of: number | null },
  ): Promise<void>;
  /** Rows for the later looks at a comment, carried out by the account's sweep. Idempotent. */
  planLooks(surface: SurfaceRef, commentId: string, dueInMs: readonly number[]): Promise<void>;
}
