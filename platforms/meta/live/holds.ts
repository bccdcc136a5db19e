import { z } from 'zod';
import { Actor, maybe } from '../fields.ts';
import { hasKnownKind, MediaNode } from '../surface-nodes.ts';
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

/** Posts or media looked at. */
const MOST = 10;
const NO_MEDIA = 'no Instagram media of the brand under the first ads';

const Owned = z.object({ owner: maybe(z.object({ id: z.string() })), username: z.unknown().optional() });
const Published = z.object({ is_published: z.unknown().optional() });
const Authored = z.object({
  data: z.array(z.object({ from: maybe(Actor), user: maybe(Actor), application: maybe(z.object({ id: z.string() })) })),
});

/** Fields whose absence holds every run: whether an account gives them has to be known before the first one. */
export const HOLD_QUESTIONS: readonly Question[] = [
  {
    id: 'media-owner',
    question: 'Does a media name the Instagram account that it belongs to?',
    assumed: 'owner.id is there for media of the Page’s own account; without it every run on Instagram is held',
    usedIn: ['platforms/meta/surface-nodes.ts', 'domain/rules/identity-agrees.ts'],
    ask: (asking) =>
      overMedia(asking, 'owner{id},username', (body) => {
        const { owner, username } = Owned.parse(body);
        if (owner !== null) return null;
        return `without an owner, ${username === undefined ? 'nor a' : 'with a'} username`;
      }),
  },
  {
    id: 'media-kind',
    question: 'Does an ad’s media say of which kind it is?',
    assumed:
      'media_product_type is one of the words in surface-nodes.ts; of another kind nobody knows whether people can comment',
    usedIn: ['platforms/meta/surface-nodes.ts', 'platforms/meta/read-surface.ts'],
    ask: (asking) =>
      overMedia(asking, 'media_product_type', (body) => {
        const media = MediaNode.parse(body);
        return hasKnownKind(media) ? null : `of kind ${media.media_product_type?.slice(0, 40) ?? 'nothing'}`;
      }),
  },
  {
    id: 'page-published',
    question: 'Does a Page say whether it is published?',
    assumed: 'is_published is true or false for a Page token; without it every run on Facebook is held',
    usedIn: ['platforms/meta/read-surface.ts', 'domain/rules/commentable.ts'],
    async ask(asking) {
      const { pageId } = asking.subjects;
      if (pageId === null) return notSeen('no Page in identities.yaml');
      const as = { kind: 'page', pageId } as const;
      const reply = await lookUp(asking, { node: pageId, params: { fields: 'is_published' }, as });
      if (reply.kind !== 'body') return withoutBody(reply);
      const said = Published.parse(reply.body).is_published;
      return judged(typeof said === 'boolean', said === undefined ? 'not there' : `there, ${typeof said}`);
    },
  },
  {
    id: 'comment-author',
    question: 'Do the comments of our own Page and account name their author?',
    assumed:
      'yes; of people’s comments the author may be left out, so one without an author and without a sign of ours is theirs',
    usedIn: ['platforms/meta/tally.ts', 'domain/ours.ts'],
    async ask(asking) {
      const { posts, media } = asking.subjects;
      const tally = { own: 0, others: 0, unnamed: 0, unnamedByApp: 0 };
      for (const thread of [...posts.slice(0, MOST), ...media.slice(0, MOST)]) {
        const fields = posts.includes(thread) ? 'from{id},application{id}' : 'from,user';
        const call = { node: thread.id, edge: 'comments', params: { fields, limit: '50' }, as: speakerOf(thread) };
        const reply = await lookUp(asking, call);
        if (reply.kind !== 'body') return withoutBody(reply);
        for (const { from, user, application } of Authored.parse(reply.body).data) {
          const authors = [from?.id, user?.id].filter((id) => id !== undefined);
          if (authors.includes(thread.identityId)) tally.own += 1;
          else if (authors.length > 0) tally.others += 1;
          else if (application === null) tally.unnamed += 1;
          else tally.unnamedByApp += 1;
        }
      }
      const { own, others, unnamed, unnamedByApp } = tally;
      const seen = `${own} by the brand, ${others} by others, ${unnamed} without an author, ${unnamedByApp} by an app and without an author`;
      if (unnamedByApp > 0) return judged(false, seen);
      return own > 0 ? judged(true, seen) : notSeen(`no comment that names the brand as its author: ${seen}`);
    },
  },
];

/** Asks the first media one by one; `flawOf` says what one lacks. */
async function overMedia(asking: Asking, fields: string, flawOf: (body: unknown) => string | null): Promise<Seen> {
  const asked: readonly ThreadSubject[] = asking.subjects.media.slice(0, MOST);
  if (asked.length === 0) return notSeen(NO_MEDIA);
  const flaws: string[] = [];
  for (const media of asked) {
    const reply = await lookUp(asking, { node: media.id, params: { fields }, as: speakerOf(media) });
    if (reply.kind !== 'body') return withoutBody(reply);
    const flaw = flawOf(reply.body);
    if (flaw !== null) flaws.push(flaw);
  }
  const seen = flaws.length === 0 ? `all of ${asked.length} media` : `${flaws.length} of ${asked.length} media ${flaws[0]}`;
  return judged(flaws.length === 0, seen);
}
