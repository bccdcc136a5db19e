import type { ThreadReading } from '../domain/facts.ts';
import type { SurfaceInput } from './claim-contract.ts';

export interface LookInput extends SurfaceInput {
  readonly wholeThread: boolean;
  /** Of the claim under which the thread is read whole. */
  readonly generation?: number;
  /** The rows of an attempt may be lost, so the text that would be written now is a sign of ours, too. */
  readonly afterRestore?: boolean;
}

export type Looked =
  | { readonly kind: 'clear'; readonly thread: ThreadSummary }
  /** A comment of ours stands there already; it was adopted. */
  | {
      readonly kind: 'ours';
      readonly commentId: string;
      readonly text?: string;
      readonly publishedAt: string;
      readonly thread: ThreadSummary;
      /** By which order it is withdrawn, in words (protocol i 4); absent where none covers it. */
      readonly withdrawn?: string;
    }
  /** The brand wrote one by hand. */
  | { readonly kind: 'by-brand'; readonly commentId: string };

export type ThreadSummary = Pick<ThreadReading, 'strangers' | 'readAt' | 'complete'>;
