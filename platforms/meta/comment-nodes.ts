import { z } from 'zod';
import type { OwnComment } from '../../domain/facts.ts';
import type { SurfaceKind } from '../../domain/surface.ts';
import { Actor, Address, keepable, maybe, ObjectId, Time } from './fields.ts';
import { type Page, pageOf } from './paging.ts';

/**
 * A comment as read. Strangers' pass through here too, because a list cannot be asked for ours alone: only
 * `OwnComment`s, counts and times go on from here.
 */
export interface SeenComment {
  readonly own: OwnComment;
  /** `null` when the platform does not say; `own.hidden` is only true where it says so. */
  readonly hidden: boolean | null;
  /** The ids under which the author is known; Instagram gives up to two. */
  readonly authorIds: readonly string[];
  readonly permalink: string | null;
}

/**
 * What a comment says. Strangers can write what they like and break nothing; of ours it is compared, so what cannot be
 * kept is replaced, which makes it another text.
 */
const Said = maybe(z.string().max(100_000).transform(keepable));

const FacebookComment = z
  .object({
    id: ObjectId,
    message: Said,
    is_hidden: maybe(z.boolean()),
    is_private: maybe(z.boolean()),
    created_time: Time,
    from: maybe(Actor),
    application: maybe(Actor),
    comment_count: maybe(z.number().int().nonnegative()),
    permalink_url: maybe(Address),
  })
  .transform((node): SeenComment => {
    // A private comment is seen by its author and the Page only, so it is hidden for everybody who matters here.
    // Only who says both has shown that people can see it.
    const signs = [node.is_private, node.is_hidden];
    const hidden = signs.includes(true) ? true : signs.includes(null) ? null : false;
    return {
      own: {
        commentId: node.id,
        text: node.message ?? '',
        createdAt: node.created_time,
        hidden: hidden === true,
        applicationId: node.application?.id ?? null,
        replies: node.comment_count ?? 0,
      },
      hidden,
      authorIds: present([node.from?.id]),
      permalink: node.permalink_url,
    };
  });

const InstagramComment = z
  .object({
    id: ObjectId,
    text: Said,
    hidden: maybe(z.boolean()),
    timestamp: Time,
    from: maybe(Actor),
    user: maybe(Actor),
    replies: maybe(z.object({ data: z.array(z.unknown()) })),
  })
  .transform(
    (node): SeenComment => ({
      own: {
        commentId: node.id,
        text: node.text ?? '',
        createdAt: node.timestamp,
        hidden: node.hidden === true,
        applicationId: null,
        replies: node.replies?.data.length ?? 0,
      },
      hidden: node.hidden,
      authorIds: present([node.user?.id, node.from?.id]),
      permalink: null,
    }),
  );

/** How comments are asked for on each kind of surface. */
export interface CommentDialect {
  readonly node: z.ZodType<SeenComment>;
  /** A page of a list. Made once: a schema is costly to make and cheap to use. */
  readonly page: z.ZodType<Page<SeenComment>>;
  /** Fields asked for in a list. */
  readonly listFields: string;
  /** Fields asked for when one comment is read. */
  readonly readFields: string;
  readonly pageSize: number;
  /** Parameters of the list that has all top-level comments, newest first. */
  readonly newestFirst: Readonly<Record<string, string>>;
  /** The same, oldest first; `null` where the platform cannot order. */
  readonly oldestFirst: Readonly<Record<string, string>> | null;
}

const FACEBOOK_FIELDS = 'id,message,is_hidden,is_private,created_time,from{id},application{id},comment_count';
const INSTAGRAM_FIELDS = 'id,text,hidden,timestamp,from,user,replies{id}';
const UNFILTERED = { filter: 'toplevel', live_filter: 'no_filter' };

export const DIALECTS: Readonly<Record<SurfaceKind, CommentDialect>> = {
  'facebook-post': {
    node: FacebookComment,
    page: pageOf(FacebookComment),
    listFields: FACEBOOK_FIELDS,
    readFields: `${FACEBOOK_FIELDS},permalink_url`,
    pageSize: 100,
    newestFirst: { ...UNFILTERED, order: 'reverse_chronological' },
    oldestFirst: { ...UNFILTERED, order: 'chronological' },
  },
  // The edge knows no order and no filter; it is newest first by long custom, which the reading checks.
  'instagram-media': {
    node: InstagramComment,
    page: pageOf(InstagramComment),
    listFields: INSTAGRAM_FIELDS,
    readFields: INSTAGRAM_FIELDS,
    pageSize: 50,
    newestFirst: {},
    oldestFirst: null,
  },
};

function present(ids: readonly (string | undefined)[]): readonly string[] {
  return ids.filter((id) => id !== undefined);
}
