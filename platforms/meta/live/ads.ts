import { z } from 'zod';
import { commentLimitsOf } from '../comment-limits.ts';
import { SYSTEM } from '../graph.ts';
import { judged, lookUp, notSeen, type Question, withoutBody } from './question.ts';

/** Ads asked one by one for one that has numbers. */
const MOST_ADS = 15;

const Fields = z.record(z.string(), z.unknown());
const List = z.object({
  data: z.array(Fields),
  paging: z.object({ cursors: Fields.optional(), next: z.unknown().optional() }).optional(),
});

/** What ads, ad sets, campaigns, Pages and numbers say. */
export const AD_QUESTIONS: readonly Question[] = [
  {
    id: 'special-ad-categories',
    question: 'How do ad and campaign say that they are of a special category?',
    assumed: 'special_ad_categories is a list of words, empty or left out when there is none',
    usedIn: ['platforms/meta/snapshot.ts'],
    async ask(asking) {
      const [node] = asking.subjects.adIds;
      if (node === undefined) return notSeen('no ad');
      const fields = 'special_ad_categories,campaign{special_ad_categories}';
      const reply = await lookUp(asking, { node, params: { fields }, as: SYSTEM });
      if (reply.kind !== 'body') return withoutBody(reply);
      const body = Fields.parse(reply.body);
      const both = [body.special_ad_categories, Fields.safeParse(body.campaign).data?.special_ad_categories];
      return judged(both.every(isListOfWords), `ad: ${shapeOf(both[0])}; campaign: ${shapeOf(both[1])}`);
    },
  },
  {
    id: 'brand-safety-config',
    question: 'How does an ad set say that it limits comments?',
    assumed:
      'brand_safety_config is left out, or an object whose three …comment_moderation_filter are words of the list in comment-limits.ts',
    usedIn: ['platforms/meta/comment-limits.ts', 'domain/rules/index.ts'],
    async ask(asking) {
      const { accountId } = asking.subjects;
      if (accountId === null) return notSeen('no ad account');
      const params = { fields: 'adset{brand_safety_config}', limit: '50' };
      const reply = await lookUp(asking, { node: accountId, edge: 'ads', params, as: SYSTEM });
      if (reply.kind !== 'body') return withoutBody(reply);
      const configs = List.parse(reply.body).data.flatMap((ad) => Fields.safeParse(ad.adset).data?.brand_safety_config ?? []);
      if (configs.length === 0) return notSeen('the field is known, but no ad set of the first ads limits comments');
      const words = [...new Set(configs.flatMap(filterWords))];
      const unknown = words.filter(
        (word) => commentLimitsOf({ brand_safety_config: onlyFor(word) })['facebook-post'].limited === null,
      );
      return judged(
        unknown.length === 0,
        `${words.join(', ') || 'no word'}${unknown.length > 0 ? `; unknown: ${unknown.join(', ')}` : ''}`,
      );
    },
  },
  {
    id: 'dynamic-posts',
    question: 'Does a post list the posts that a dynamic creative made of it?',
    assumed: 'the edge dynamic_posts answers a list, empty for an ordinary post',
    usedIn: ['platforms/meta/variants.ts'],
    async ask(asking) {
      const [post] = asking.subjects.posts;
      if (!post) return notSeen('no Facebook post of the brand under the first ads');
      const as = { kind: 'page', pageId: post.pageId } as const;
      const reply = await lookUp(asking, { node: post.id, edge: 'dynamic_posts', params: { fields: 'id', limit: '5' }, as });
      if (reply.kind !== 'body') return withoutBody(reply);
      const read = List.safeParse(reply.body);
      return judged(read.success, read.success ? `a list of ${read.data.data.length}` : 'no list');
    },
  },
  {
    id: 'page-backed-instagram',
    question: 'Does a Page name the Instagram account that exists only for its ads?',
    assumed: 'connected_page_backed_instagram_account is left out, or an object with the account’s id',
    usedIn: ['platforms/meta/page-backed.ts'],
    async ask(asking) {
      const { pageId } = asking.subjects;
      if (pageId === null) return notSeen('no Page in identities.yaml');
      const params = { fields: 'connected_page_backed_instagram_account{id}' };
      const reply = await lookUp(asking, { node: pageId, params, as: { kind: 'page', pageId } });
      if (reply.kind !== 'body') return withoutBody(reply);
      const backed = Fields.parse(reply.body).connected_page_backed_instagram_account;
      if (backed === undefined || backed === null) return judged(true, 'left out');
      return judged(typeof Fields.safeParse(backed).data?.id === 'string', shapeOf(backed));
    },
  },
  {
    id: 'ads-cursor',
    question: 'Does a page of ads that has a next one give a cursor?',
    assumed: 'paging.cursors.after is there whenever paging.next is',
    usedIn: ['platforms/meta/paging.ts'],
    async ask(asking) {
      const { accountId } = asking.subjects;
      if (accountId === null) return notSeen('no ad account');
      const reply = await lookUp(asking, { node: accountId, edge: 'ads', params: { fields: 'id', limit: '1' }, as: SYSTEM });
      if (reply.kind !== 'body') return withoutBody(reply);
      const { paging } = List.parse(reply.body);
      if (paging?.next === undefined) return notSeen('fewer than two ads');
      const given = typeof paging.cursors?.after === 'string';
      return judged(given, given ? 'a cursor beside next' : 'next without a cursor');
    },
  },
  {
    id: 'metrics-as-text',
    question: 'Are the numbers of insights text?',
    assumed: 'yes, "1234"',
    usedIn: ['platforms/meta/insights.ts'],
    async ask(asking) {
      const params = { fields: 'impressions', level: 'ad', time_range: lastMonth() };
      for (const node of asking.subjects.adIds.slice(0, MOST_ADS)) {
        const reply = await lookUp(asking, { node, edge: 'insights', params, as: SYSTEM });
        if (reply.kind !== 'body') return withoutBody(reply);
        const value = List.parse(reply.body).data[0]?.impressions;
        if (value !== undefined) return judged(typeof value === 'string', shapeOf(value));
      }
      return notSeen('none of the first ads has delivered within four weeks');
    },
  },
];

const FILTERS = ['comment_moderation_filter', 'fb_comment_moderation_filter', 'ig_comment_moderation_filter'] as const;

function filterWords(config: unknown): readonly string[] {
  const fields = Fields.safeParse(config).data ?? {};
  return FILTERS.flatMap((name) => (fields[name] === undefined ? [] : [String(fields[name]).slice(0, 60)]));
}

function onlyFor(word: string) {
  return { comment_moderation_filter: word, fb_comment_moderation_filter: null, ig_comment_moderation_filter: null };
}

function lastMonth(): string {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return JSON.stringify({ since: day(28), until: day(1) });
}

function isListOfWords(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
}

/** What a value is, never what it says. */
function shapeOf(value: unknown): string {
  if (value === undefined) return 'left out';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : typeof value;
}
