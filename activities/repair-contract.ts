import type { SurfaceRef } from '../domain/surface.ts';

export interface RepairInput {
  readonly surface: SurfaceRef;
  /** Who repairs: only the owner of the claim removes anything. */
  readonly workflowId: string;
}

export type Repaired =
  /** Which one stays, and the others about which nothing more is to be done: removed, or gone before. `null`: none is there. */
  | {
      readonly kind: 'repaired';
      readonly survivor: Survivor | null;
      readonly dealtWith: readonly string[];
      readonly removed: readonly string[];
      /** What is left for a person: a second comment that no attempt of ours explains, or one that could not be removed. */
      readonly needsPerson: string | null;
    }
  /** Another workflow, which still runs, owns the claim; it repairs. */
  | { readonly kind: 'held'; readonly by: string };

export interface Survivor {
  readonly commentId: string;
  readonly text: string;
  readonly publishedAt: string;
}
