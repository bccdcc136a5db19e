import { z } from 'zod';
import { maybe, Time } from '../fields.ts';
import {
  type Asking,
  judged,
  lookUp,
  notSeen,
  type Question,
  type Seen,
  speakerOf,
  type ThreadSubject,
  withoutBody,
} from './question.ts';

const Summary = z.object({
  comments: maybe(z.object({ summary: maybe(z.object({ can_comment: z.unknown().optional() })) })),
});
const Timed = z.object({ data: z.array(z.object({ created_time: Time.optional(), timestamp: Time.optional() })) });
const Apps = z.object({ data: z.array(z.object({ application: maybe(z.object({ id: z.string() })) })) });
const Switch = z.object({ is_comment_enabled: z.unknown().optional() });

/** Threads looked at for one that has two comments. */
const MOST_THREADS = 10;

/** What posts, media and their threads say. */
export const THREAD_QUESTIONS: readonly Question[] = [
  {
    id: 'facebook-can-comment',
    question: 'Does a post say in comments.summary whether it can be commented?',
    assumed: 'comments.summary.can_comment is true or false for a Page token',
    usedIn: ['platforms/meta/read-surface.ts', 'domain/rules/commentable.ts'],
    async ask(asking) {
      const [post] = asking.subjects.posts;
      if (!post) return notSeen('no Facebook post of the brand under the first ads');
      const reply = await lookUp(asking, {
        node: post.id,
        params: { fields: 'comments.limit(0).summary(true)' },
        as: speakerOf(post),
      });
      if (reply.kind !== 'body') return withoutBody(reply);
      const read = Summary.safeParse(reply.body);
      const said = read.success ? read.data.comments?.summary?.can_comment : undefined;
      return judged(typeof said === 'boolean', said === undefined ? 'not there' : `there, ${typeof said}`);
    },
  },
  {
    id: 'facebook-newest-first',
    question: 'Does order=reverse_chronological list the newest comment of a post first?',
    assumed: 'yes; absence of a comment is proven by reading back to its time',
    usedIn: ['platforms/meta/thread.ts', 'activities/settle.ts'],
    ask: (asking) =>
      orderOf(asking, asking.subjects.posts, {
        fields: 'created_time',
        filter: 'stream',
        order: 'reverse_chronological',
        limit: '50',
      }),
  },
  {
    id: 'instagram-newest-first',
    question: 'Does a media list its newest comment first without being asked to?',
    assumed: 'yes, though the edge takes no order',
    usedIn: ['platforms/meta/comment-nodes.ts', 'platforms/meta/thread.ts'],
    ask: (asking) => orderOf(asking, asking.subjects.media, { fields: 'timestamp', limit: '50' }),
  },
  {
    id: 'instagram-comment-switch',
    question: 'Does an ad’s media say whether comments are on?',
    assumed: 'is_comment_enabled is true or false',
    usedIn: ['platforms/meta/read-surface.ts'],
    async ask(asking) {
      const [media] = asking.subjects.media;
      if (!media) return notSeen('no Instagram media of the brand under the first ads');
      const reply = await lookUp(asking, { node: media.id, params: { fields: 'is_comment_enabled' }, as: speakerOf(media) });
      if (reply.kind !== 'body') return withoutBody(reply);
      const said = Switch.safeParse(reply.body).data?.is_comment_enabled;
      return judged(typeof said === 'boolean', said === undefined ? 'not there' : `there, ${typeof said}`);
    },
  },
  {
    id: 'facebook-comment-app',
    question: 'Does a comment that an app wrote name the app?',
    assumed: 'application.id is there for comments by apps, and left out for those of people',
    usedIn: ['platforms/meta/comment-nodes.ts', 'domain/ours.ts'],
    async ask(asking) {
      for (const post of asking.subjects.posts.slice(0, MOST_THREADS)) {
        const params = { fields: 'application{id}', filter: 'stream', order: 'reverse_chronological', limit: '50' };
        const reply = await lookUp(asking, { node: post.id, edge: 'comments', params, as: speakerOf(post) });
        if (reply.kind !== 'body') return withoutBody(reply);
        const read = Apps.safeParse(reply.body);
        if (!read.success) return judged(false, 'the list does not fit');
        if (read.data.data.some(({ application }) => application !== null)) return judged(true, 'some comments name their app');
      }
      return notSeen('no comment by an app under the first posts');
    },
  },
];

async function orderOf(
  asking: Asking,
  threads: readonly ThreadSubject[],
  params: Readonly<Record<string, string>>,
): Promise<Seen> {
  for (const thread of threads.slice(0, MOST_THREADS)) {
    const reply = await lookUp(asking, { node: thread.id, edge: 'comments', params, as: speakerOf(thread) });
    if (reply.kind !== 'body') return withoutBody(reply);
    const read = Timed.safeParse(reply.body);
    if (!read.success) return judged(false, 'the list does not fit');
    const times = read.data.data.map((comment) => Date.parse(comment.created_time ?? comment.timestamp ?? ''));
    // Two of the same second tell nothing.
    if (new Set(times).size < 2) continue;
    const falls = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0));
    return judged(falls, `${times.length} comments, ${falls ? 'newest first' : 'not newest first'}`);
  }
  return notSeen(`no thread with two comments among the first ${Math.min(threads.length, MOST_THREADS)}`);
}
