import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommentSeed } from './schema.ts';
import { worldTime } from './time.ts';

/** A comment as the sandbox keeps it. Times are milliseconds since 1970. */
export const commentRecord = z.strictObject({
  id: z.string(),
  object_id: z.string(),
  parent_id: z.string().nullable(),
  network: z.enum(['facebook', 'instagram']),
  from: z.strictObject({ id: z.string(), name: z.string() }),
  message: z.string(),
  created_ms: z.number(),
  is_hidden: z.boolean(),
  is_private: z.boolean().default(false),
  /** From then on it is hidden, unless somebody shows it again. */
  hide_at_ms: z.number().nullable(),
  listed_at_ms: z.number(),
  like_count: z.number(),
  low_quality: z.boolean(),
  application_id: z.string().nullable(),
  ad_id: z.string().nullable(),
  via: z.enum(['api', 'hand']),
});
export type CommentRecord = z.output<typeof commentRecord>;

/** Whether people cannot see the comment at `now`. */
export function hiddenAt(comment: CommentRecord, now: number): boolean {
  return comment.is_hidden || (comment.hide_at_ms !== null && comment.hide_at_ms <= now);
}

/** A comment of a world file or of the control API; its id follows from its content when none is given. */
export function seededComment(
  seed: CommentSeed,
  thread: { id: string; network: CommentRecord['network']; owner: { id: string; name: string } },
  anchor: number,
  index: number,
): CommentRecord {
  const created = worldTime(seed.created_time, anchor);
  return {
    id: seed.id ?? stableId(thread, `${index} ${seed.created_time} ${seed.message}`),
    object_id: thread.id,
    parent_id: seed.replies_to ?? null,
    network: thread.network,
    from: seed.from ?? thread.owner,
    message: seed.message,
    created_ms: created,
    is_hidden: seed.is_hidden,
    is_private: false,
    hide_at_ms: null,
    listed_at_ms: created,
    like_count: seed.like_count,
    low_quality: seed.low_quality,
    application_id: seed.application_id ?? null,
    ad_id: null,
    via: 'hand',
  };
}

function stableId(thread: { id: string; network: CommentRecord['network'] }, content: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(`${thread.id} ${content}`).digest('hex').slice(0, 13)}`).toString();
  return commentId(thread, digits.padStart(16, '1'));
}

/** Facebook's comment ids look like `{post}_{comment}`, Instagram's are plain digits. */
export function commentId(thread: { id: string; network: CommentRecord['network'] }, digits: string): string {
  return thread.network === 'facebook' ? `${thread.id.split('_').at(-1)}_${digits}` : `18${digits}`;
}
