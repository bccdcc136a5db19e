import type { CommentRecord } from './comment.ts';

/** One line of the write log: the truth that tests compare the outside world with. */
export interface WriteEntry {
  readonly n: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly action: 'created' | 'edited' | 'hidden' | 'shown' | 'deleted';
  readonly objectId: string;
  readonly network: 'facebook' | 'instagram';
  readonly commentId: string;
  readonly authorId: string;
  readonly text: string;
  readonly applicationId: string | null;
  readonly adId: string | null;
  /** `hand`: put there through the control API, as a stranger or a person of the brand would. */
  readonly via: 'api' | 'hand';
}

export function writeEntry(action: WriteEntry['action'], at: number, comment: CommentRecord, n: number): WriteEntry {
  return {
    n: n + 1,
    at: new Date(at).toISOString(),
    action,
    objectId: comment.object_id,
    network: comment.network,
    commentId: comment.id,
    authorId: comment.from.id,
    text: comment.message,
    applicationId: comment.application_id,
    adId: comment.ad_id,
    via: comment.via,
  };
}
