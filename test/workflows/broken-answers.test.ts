import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../domain/outcome.ts';
import { expectNoComment } from '../helpers/expectations.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { openStage, type Stage } from '../helpers/stage.ts';
import { type Exchange, openTamperingGraph, type TamperingGraph } from '../helpers/tampering-graph.ts';

/** Five tries of the activity, the last of which reads three times. */
const MOST_READS = 7;

type Answer = Record<string, unknown>;

/** One field of one answer, spoilt for the whole run. */
interface Case {
  readonly stage: string;
  /** Which of the run's questions is answered wrongly; `earlier` counts the same question before it. */
  readonly asked: (exchange: Exchange, ad: SeededAd, earlier: number) => boolean;
  readonly spoil: (answer: Answer) => Answer;
  readonly ends: Outcome;
  readonly names: RegExp;
  readonly market?: 'fr-FR' | 'it-IT';
  readonly comments: 0 | 1;
}

const isList = ({ method, path }: Exchange, { postId }: SeededAd) => method === 'GET' && path === `${postId}/comments`;
const isComment = ({ method, path }: Exchange) => method === 'GET' && /^\d+_\d+$/.test(path);
const asks = (exchange: Exchange, field: string) => exchange.params.get('fields')?.includes(field) === true;
const UNNAMED = { id: '4000003_7', message: 'How wide is it?', created_time: '2026-11-20T10:00:00+0000' };
const withoutList = (answer: Answer): Answer => ({ ...answer, data: 'no list' });

const CASES: readonly Case[] = [
  {
    stage: 'resolve (the ad)',
    asked: ({ path }, { ad }) => path === ad.adId,
    spoil: ({ effective_status, ...answer }) => answer,
    ends: 'refused',
    names: /GET \d+: .*effective_status/,
    comments: 0,
  },
  {
    stage: 'resolve (the post)',
    asked: (exchange, { postId }) => exchange.path === postId && !asks(exchange, 'comments'),
    spoil: (answer) => ({ ...answer, from: 'Jane Roe' }),
    ends: 'refused',
    names: /GET \d+_\d+: .*from \(object expected\)/,
    comments: 0,
  },
  {
    stage: "resolve (the Page's token)",
    market: 'it-IT',
    asked: (exchange, { pageId }) => exchange.path === pageId && asks(exchange, 'access_token'),
    spoil: (answer) => ({ ...answer, access_token: 7 }),
    ends: 'refused',
    names: /GET 4000004: .*access_token/,
    comments: 0,
  },
  {
    stage: 'validate (the surface)',
    asked: (exchange, { postId }) => exchange.path === postId && asks(exchange, 'comments'),
    spoil: (answer) => ({ ...answer, comments: { summary: { can_comment: 'yes' } } }),
    ends: 'refused',
    names: /GET \d+_\d+: .*comments\.summary\.can_comment/,
    comments: 0,
  },
  {
    stage: 'validate (the thread)',
    asked: isList,
    spoil: withoutList,
    ends: 'refused',
    names: /GET \d+_\d+\/comments: .*data \(array expected\)/,
    comments: 0,
  },
  {
    stage: 'the look before publishing',
    asked: (exchange, ad, earlier) => isList(exchange, ad) && earlier > 0,
    spoil: withoutList,
    ends: 'refused',
    names: /GET \d+_\d+\/comments: .*data \(array expected\)/,
    comments: 0,
  },
  {
    stage: 'publish, which is settled then',
    asked: ({ method }) => method === 'POST',
    spoil: () => ({ id: 17955 }),
    ends: 'visible',
    names: /visible/,
    comments: 1,
  },
  {
    stage: 'settle',
    asked: (exchange, ad, earlier) => exchange.method === 'POST' || (isList(exchange, ad) && earlier > 1),
    spoil: (answer) => ({ ...answer, id: null, data: [{ id: null }] }),
    ends: 'unconfirmed',
    names: /GET \d+_\d+\/comments: .*data\.0\.id/,
    comments: 1,
  },
  {
    stage: 'the look before publishing (a comment like ours without an author)',
    asked: (exchange, ad, earlier) => isList(exchange, ad) && earlier > 0,
    spoil: (answer) => ({ ...answer, data: [{ ...UNNAMED, message: 'https://www.brightloom.example/fr-fr/lin?fcid=k1' }] }),
    ends: 'refused',
    names: /looks like ours and names no author/,
    comments: 0,
  },
  {
    stage: 'all lists (a comment of a person without an author)',
    asked: isList,
    spoil: (answer) => ({ ...answer, data: [UNNAMED, ...(answer.data as readonly unknown[])] }),
    ends: 'visible',
    names: /visible/,
    comments: 1,
  },
  {
    stage: 'settle (our comment without its author)',
    asked: (exchange, ad, earlier) => exchange.method === 'POST' || (isList(exchange, ad) && earlier > 1),
    spoil: (answer) =>
      Array.isArray(answer.data) ? { ...answer, data: answer.data.map((each: Answer) => ({ ...each, from: null })) } : { id: 1 },
    ends: 'unconfirmed',
    names: /looks like ours and names no author/,
    comments: 1,
  },
  {
    stage: 'verify',
    asked: (exchange, { postId }) => isComment(exchange) && exchange.path !== postId,
    spoil: (answer) => ({ ...answer, created_time: 'yesterday' }),
    ends: 'unconfirmed',
    names: /GET \d+_\d+: .*created_time \(a time of the Graph API expected\)/,
    comments: 1,
  },
  {
    stage: 'baseline',
    asked: ({ path }, { ad }) => path === `${ad.adId}/insights`,
    spoil: () => ({ data: [{ impressions: 12 }] }),
    ends: 'visible',
    names: /without a baseline: GET \d+\/insights: .*data\.0\.date_start/,
    comments: 1,
  },
];

describe.concurrent('a run that is answered wrongly', () => {
  let stage: Stage;
  let graph: TamperingGraph;
  const spoilers: ((exchange: Exchange) => Answer | null)[] = [];
  beforeAll(async () => {
    stage = await openStage({ worker: false });
    graph = await openTamperingGraph(stage.sandbox.url, { replays: false });
    graph.tamper((exchange) => {
      const spoilt = spoilers.map((spoil) => spoil(exchange)).find((answer) => answer !== null);
      return spoilt ? { status: 200, body: JSON.stringify(spoilt) } : null;
    });
    await stage.startWorker({ platformUrl: graph.url });
  });
  afterAll(async () => {
    await stage.close();
    await graph.close();
  });

  /** Spoils for this ad alone; answers how often it did. */
  function spoilFor(ad: SeededAd, { asked, spoil }: Pick<Case, 'asked' | 'spoil'>): () => number {
    const [times, postNumber] = [{ asked: 0, spoilt: 0 }, ad.postId.split('_')[1] ?? ''];
    spoilers.push((exchange) => {
      // Comments are named after the number of their post.
      const about = exchange.path === ad.pageId || [ad.ad.adId, postNumber].some((id) => exchange.path.includes(id));
      if (!about) return null;
      const isOurs = asked(exchange, ad, times.asked);
      if (isList(exchange, ad)) times.asked += 1;
      if (!isOurs) return null;
      times.spoilt += 1;
      return spoil(JSON.parse(exchange.body) as Answer);
    });
    return () => times.spoilt;
  }

  test.for(CASES)('at $stage ends as $ends and says which field it was', async (each) => {
    const ad = await stage.newAd({ market: each.market ?? 'fr-FR' });
    const spoilt = spoilFor(ad, each);
    const end = await stage.run(ad.ad);
    expect(end).toMatchObject({ outcome: each.ends, wait: null });
    expect([end.says, ...end.surfaces.map(({ says }) => says)].join(' | ')).toMatch(each.names);
    expect(JSON.stringify(end)).not.toContain('Jane Roe');
    expect(spoilt()).toBeGreaterThan(0);
    expect(spoilt()).toBeLessThanOrEqual(MOST_READS + 1);
    if (each.comments === 0) await expectNoComment(stage, ad.postId);
    else expect(await stage.sandbox.truth(ad.postId)).toMatchObject({ ours: 1, everCreated: 1 });
  });

  test('while it waits for ids that come later ends as refused and says which field it was', async () => {
    const ad = await stage.newAd({ market: 'fr-FR', creative: { appears_after_seconds: 3_600 } });
    let looks = 0;
    const spoilt = spoilFor(ad, {
      asked: ({ path }) => {
        if (path !== ad.ad.adId) return false;
        looks += 1;
        return looks > 4;
      },
      spoil: (answer) => ({ ...answer, campaign: null }),
    });
    const end = await stage.run(ad.ad);
    expect(end).toMatchObject({ outcome: 'refused', wait: null, says: expect.stringMatching(/campaign \(object expected\)/) });
    expect(spoilt()).toBeLessThanOrEqual(MOST_READS);
  });
});

describe("a run whose ad account's answer does not fit", () => {
  test('ends as refused and says which field it was', async () => {
    const stage = await openStage({ worker: false });
    const graph = await openTamperingGraph(stage.sandbox.url, { replays: false });
    graph.tamper(({ path, body }) =>
      path === 'act_100200' ? { body: JSON.stringify({ ...(JSON.parse(body) as Answer), timezone_name: 'Mars/Olympus' }) } : null,
    );
    await stage.startWorker({ platformUrl: graph.url });
    const ad = await stage.newAd();
    const end = await stage.run(ad.ad);
    expect(end).toMatchObject({ outcome: 'refused', says: expect.stringMatching(/GET act_100200: .*timezone_name/) });
    await expectNoComment(stage, ad.postId);
    await stage.close();
    await graph.close();
  });
});
