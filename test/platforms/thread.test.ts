import { describe, expect, it } from 'vitest';
import type { ThreadDepth } from '../../platforms/platform.ts';
import { CONTEXT, FACEBOOK, fault, INSTAGRAM, PAGE, type Seen, SIGNS, tinyGraph } from './tiny-graph.ts';

const START = Date.parse('2026-11-21T12:00:00Z');

interface Comment {
  readonly id: string;
  readonly created_time: string;
  readonly from?: { readonly id: string; readonly name: string };
  readonly message: string;
}

/** Comment number `minute` of a thread: so many minutes after noon, by a stranger unless `by` says otherwise. */
function comment(minute: number, by = '555'): Comment {
  return {
    id: `5500001_${minute}`,
    created_time: new Date(START + minute * 60_000).toISOString().replace('.000Z', '+0000'),
    from: { id: by, name: 'Jane Roe' },
    message: `private remark ${minute}`,
  };
}

/** Serves a list page by page, with `next` URLs that hold the token, as Meta's do. */
function serve(request: Seen, newestFirst: readonly Comment[], obeysOrder = true) {
  if (!request.path.endsWith('/comments')) return undefined;
  const ascending = request.query.get('order') === 'chronological' || !obeysOrder;
  const all = ascending ? newestFirst.toReversed() : newestFirst;
  const limit = Number(request.query.get('limit'));
  const start = Number(request.query.get('after') ?? 0);
  const end = start + limit;
  const more = end < all.length;
  const next = `https://graph.facebook.com/v26.0/x?access_token=${request.token}&after=${end}`;
  return { json: { data: all.slice(start, end), paging: { cursors: { after: String(end) }, ...(more && { next }) } } };
}

function minutes(from: number, to: number, by?: string): readonly Comment[] {
  return Array.from({ length: from - to + 1 }, (_, index) => comment(from - index, by));
}

const read = (depth: ThreadDepth) => ({ surface: FACEBOOK, identityId: PAGE, pageId: PAGE, depth, signs: SIGNS });

describe('reading a thread', () => {
  it('asks for all top-level comments, unfiltered, newest first', async () => {
    const graph = await tinyGraph((request) => serve(request, []));
    await graph.adapter.readThread(read({ kind: 'first-page' }), CONTEXT);
    expect(Object.fromEntries(graph.seen.at(-1)?.query ?? [])).toMatchObject({
      order: 'reverse_chronological',
      filter: 'toplevel',
      live_filter: 'no_filter',
    });
  });

  it('returns what our identity wrote and only counts the others', async () => {
    const list = [
      comment(3),
      { ...comment(2, PAGE), comment_count: 4, is_hidden: true, application: { id: '900100' } },
      comment(1),
    ];
    const graph = await tinyGraph((request) => serve(request, list));
    const reading = await graph.adapter.readThread(read({ kind: 'first-page' }), CONTEXT);
    expect(reading).toMatchObject({
      own: [
        {
          commentId: '5500001_2',
          text: 'private remark 2',
          createdAt: '2026-11-21T12:02:00.000Z',
          hidden: true,
          applicationId: '900100',
          replies: 4,
        },
      ],
      strangers: { count: 2, earliestAt: '2026-11-21T12:01:00.000Z' },
      complete: true,
    });
    expect(JSON.stringify(reading)).not.toMatch(/Jane Roe|remark [13]|555/);
  });

  it.each([
    ['any text', {}, true],
    ['another app', { message: 'Woven in Portugal.', application: { id: '5' } }, true],
    ['our app', { application: { id: '900100' } }, false],
    ['a key of ours', { message: 'Read on: https://www.brightloom.example/?a=b&fcid=zzz999' }, false],
    ['the text of an attempt', { message: 'Woven  in Portugal. ' }, false],
    ['an id that the ledger knows', { id: '5500001_77' }, false],
  ])('counts a comment without an author as a stranger; with %s the reading is complete or not', async (_, changes, complete) => {
    const { from, ...anonymous } = comment(1);
    expect(from).toBeDefined();
    const graph = await tinyGraph((request) => serve(request, [{ ...anonymous, ...changes }]));
    const reading = await graph.adapter.readThread(read({ kind: 'first-page' }), CONTEXT);
    expect(reading).toMatchObject({ own: [], strangers: { count: 1 }, complete });
    expect(JSON.stringify(reading)).not.toMatch(/remark|Woven|fcid/);
  });

  it('stops after the first page that has something, going through empty ones that have a next', async () => {
    const graph = await tinyGraph((request, count) => {
      if (!request.path.endsWith('/comments')) return undefined;
      if (count < 3) return { json: { data: [], paging: { cursors: { after: `e${count}` }, next: 'https://x/' } } };
      return { json: { data: [comment(1)], paging: { cursors: { after: 'z' }, next: 'https://x/' } } };
    });
    const reading = await graph.adapter.readThread(read({ kind: 'first-page' }), CONTEXT);
    expect(reading).toMatchObject({ strangers: { count: 1 }, complete: true });
    const pages = graph.seen.filter(({ path }) => path.endsWith('/comments'));
    expect(pages.map(({ query }) => query.get('after'))).toEqual([null, 'e1', 'e2']);
    expect(pages.map(({ url }) => url).join()).not.toContain('access_token');
  });

  it('goes back until a comment is older than asked, and no further', async () => {
    const graph = await tinyGraph((request) => serve(request, minutes(999, 0)));
    const olderThan = new Date(START + 750 * 60_000).toISOString();
    const reading = await graph.adapter.readThread(read({ kind: 'until', olderThan }), CONTEXT);
    expect(reading).toMatchObject({ strangers: { count: 300 }, complete: true });
  });

  it('reads on to the end when the list is not newest first, so that our newest comment is not missed', async () => {
    const graph = await tinyGraph((request) => serve(request, [comment(900, PAGE), ...minutes(899, 600)], false));
    const olderThan = new Date(START + 800 * 60_000).toISOString();
    const reading = await graph.adapter.readThread(read({ kind: 'until', olderThan }), CONTEXT);
    expect(reading).toMatchObject({ own: [{ commentId: '5500001_900' }], strangers: { count: 300 }, complete: true });
  });

  it('reads on to the end when the list is ranked', async () => {
    const ranked = [comment(3), comment(900), comment(2), ...minutes(899, 700), comment(950, PAGE)];
    const graph = await tinyGraph((request) => serve(request, ranked));
    const olderThan = new Date(START + 800 * 60_000).toISOString();
    const reading = await graph.adapter.readThread(read({ kind: 'until', olderThan }), CONTEXT);
    expect(reading.own).toMatchObject([{ commentId: '5500001_950' }]);
  });

  it('reads so many of the newest and so many of the oldest', async () => {
    const graph = await tinyGraph((request) => serve(request, [...minutes(900, 1), comment(0, PAGE)]));
    const reading = await graph.adapter.readThread(read({ kind: 'bounded', newest: 200, oldest: 50 }), CONTEXT);
    expect(reading).toMatchObject({ own: [{ commentId: '5500001_0' }], strangers: { count: 249 }, complete: true });
  });

  it('does not ask for the oldest when the newest were all', async () => {
    const graph = await tinyGraph((request) => serve(request, minutes(50, 1)));
    await graph.adapter.readThread(read({ kind: 'bounded', newest: 200, oldest: 50 }), CONTEXT);
    expect(graph.seen.filter(({ path }) => path.endsWith('/comments'))).toHaveLength(1);
  });

  it('says that a reading whose cursors go in a circle is not complete', async () => {
    const graph = await tinyGraph((request) =>
      request.path.endsWith('/comments')
        ? { json: { data: [comment(1)], paging: { cursors: { after: 'same' }, next: 'https://x/' } } }
        : undefined,
    );
    const reading = await graph.adapter.readThread(read({ kind: 'until', olderThan: '2020-01-01T00:00:00Z' }), CONTEXT);
    expect(reading).toMatchObject({ strangers: { count: 1 }, complete: false });
    expect(graph.seen.filter(({ path }) => path.endsWith('/comments'))).toHaveLength(2);
  });

  it('counts a comment once that moved to the next page meanwhile', async () => {
    const graph = await tinyGraph((request, count) =>
      request.path.endsWith('/comments')
        ? {
            json:
              count === 1
                ? { data: [comment(3), comment(2)], paging: { cursors: { after: 'a' }, next: 'https://x/' } }
                : { data: [comment(2), comment(1)] },
          }
        : undefined,
    );
    const reading = await graph.adapter.readThread(read({ kind: 'until', olderThan: '2020-01-01T00:00:00Z' }), CONTEXT);
    expect(reading.strangers.count).toBe(3);
  });

  it('knows our account on Instagram by either of the ids it gives', async () => {
    const base = { text: 'ours', timestamp: '2026-11-21T12:00:00+0000' };
    const graph = await tinyGraph((request) =>
      request.path.endsWith('/comments')
        ? {
            json: {
              data: [
                { ...base, id: '3', user: { id: '1784' }, from: { id: '99' } },
                { ...base, id: '2', from: { id: '1784' }, replies: { data: [{ id: '21' }] } },
                { ...base, id: '1', from: { id: '99' } },
              ],
            },
          }
        : undefined,
    );
    const request = {
      surface: INSTAGRAM,
      identityId: '1784',
      pageId: PAGE,
      depth: { kind: 'first-page' },
      signs: SIGNS,
    } as const;
    const reading = await graph.adapter.readThread(request, CONTEXT);
    expect(reading).toMatchObject({
      own: [
        { commentId: '3', replies: 0 },
        { commentId: '2', replies: 1 },
      ],
      strangers: { count: 1 },
    });
    expect(graph.seen.at(-1)?.query.get('order')).toBeNull();
  });

  it('says for which surfaces absence can be proven', async () => {
    const { adapter } = await tinyGraph(() => fault(1));
    expect([adapter.absenceProvable('facebook-post'), adapter.absenceProvable('instagram-media')]).toEqual([true, false]);
  });
});
