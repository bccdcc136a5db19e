import { describe, expect, it } from 'vitest';
import { CONTEXT, FACEBOOK, fault, INSTAGRAM, PAGE, type Reply, tinyGraph } from './tiny-graph.ts';

const COMMENT = '5500001_9';
const AD = '23850000001';
const reading = { surface: FACEBOOK, identityId: PAGE, pageId: PAGE, commentId: COMMENT };
const ours = {
  id: COMMENT,
  message: 'ours',
  created_time: '2026-11-21T12:00:00+0000',
  from: { id: PAGE },
  is_hidden: false,
  is_private: false,
};

describe('reading a comment back', () => {
  it('gives its place in the list that people get by default', async () => {
    const graph = await tinyGraph((request) => {
      if (request.path === COMMENT) return { json: { ...ours, permalink_url: 'https://www.facebook.example/c' } };
      return request.path.endsWith('/comments')
        ? { json: { data: [{ id: '5500001_8' }, { id: COMMENT }, { id: '5500001_7' }] } }
        : undefined;
    });
    expect(await graph.adapter.readComment(reading, CONTEXT)).toMatchObject({
      kind: 'there',
      comment: { commentId: COMMENT, text: 'ours' },
      authorId: PAGE,
      hidden: false,
      permalink: 'https://www.facebook.example/c',
      listed: { rank: 2, of: 3 },
    });
    const list = graph.seen.find(({ path }) => path.endsWith('/comments'));
    expect([list?.query.get('filter'), list?.query.get('order')]).toEqual([null, null]);
  });

  it('is not listed when it is hidden, private or not among those looked through', async () => {
    async function read(node: object, list: readonly object[]) {
      const graph = await tinyGraph((request) => {
        if (request.path === COMMENT) return { json: { ...ours, ...node } };
        return request.path.endsWith('/comments') ? { json: { data: list } } : undefined;
      });
      return graph.adapter.readComment(reading, CONTEXT);
    }
    const listed = [{ id: COMMENT }];
    expect(await read({ is_hidden: true }, listed)).toMatchObject({ hidden: true, listed: null });
    expect(await read({ is_private: true }, listed)).toMatchObject({ hidden: true, listed: null });
    expect(await read({}, [{ id: '5500001_8' }])).toMatchObject({ hidden: false, listed: null });
  });

  it('is not proven visible when the platform does not say whether it is hidden', async () => {
    async function read(surface: typeof FACEBOOK | typeof INSTAGRAM, node: object) {
      const graph = await tinyGraph((request) => {
        if (request.path === COMMENT) return { json: node };
        return request.path.endsWith('/comments') ? { json: { data: [{ id: COMMENT }] } } : undefined;
      });
      return graph.adapter.readComment({ ...reading, surface }, CONTEXT);
    }
    const { is_hidden: _, ...silent } = ours;
    const media = { id: COMMENT, text: 'ours', timestamp: '2026-11-21T12:00:00+0000', from: { id: PAGE } };
    expect(await read(FACEBOOK, silent)).toMatchObject({ hidden: null, listed: { rank: 1 } });
    expect(await read(FACEBOOK, { ...silent, is_hidden: null })).toMatchObject({ hidden: null });
    expect(await read(FACEBOOK, { ...silent, is_private: true })).toMatchObject({ hidden: true, listed: null });
    expect(await read(INSTAGRAM, media)).toMatchObject({ hidden: null });
    expect(await read(INSTAGRAM, { ...media, hidden: false })).toMatchObject({ hidden: false });
  });

  it('looks through no more than 200 comments for ours', async () => {
    const graph = await tinyGraph((request, count) => {
      if (request.path === COMMENT) return { json: ours };
      if (!request.path.endsWith('/comments')) return undefined;
      const data = Array.from({ length: 50 }, (_, index) => ({ id: `5500001_${count}${index}0` }));
      return { json: { data, paging: { cursors: { after: String(count) }, next: 'https://x/' } } };
    });
    expect(await graph.adapter.readComment(reading, CONTEXT)).toMatchObject({ listed: null });
    expect(graph.seen.filter(({ path }) => path.endsWith('/comments'))).toHaveLength(4);
  });

  it("gives no text of a comment that turns out to be a stranger's", async () => {
    const graph = await tinyGraph((request) => {
      if (request.path === COMMENT)
        return { json: { ...ours, message: 'private remark', from: { id: '555', name: 'Jane Roe' } } };
      return request.path.endsWith('/comments') ? { json: { data: [] } } : undefined;
    });
    const result = await graph.adapter.readComment(reading, CONTEXT);
    expect(result).toMatchObject({ kind: 'there', authorId: '555', comment: { text: '' } });
    expect(JSON.stringify(result)).not.toMatch(/private remark|Jane Roe/);
  });

  it('is gone when the platform knows no such object', async () => {
    const graph = await tinyGraph(() => undefined);
    expect(await graph.adapter.readComment(reading, CONTEXT)).toEqual({ kind: 'gone' });
  });
});

describe('changing a comment of ours', () => {
  const onWrite = (reply: Reply) => (request: { method: string }) => (request.method === 'GET' ? undefined : reply);
  const own = { pageId: PAGE, commentId: COMMENT, adId: AD };
  const sending = () => ({ sendBy: performance.now() + 20_000, deadlineMs: 15_000 });

  it("uses each network's own words", async () => {
    const { adapter, writes } = await tinyGraph(onWrite({ json: { success: true } }));
    await adapter.setHidden({ ...own, surface: FACEBOOK, hidden: true }, CONTEXT);
    await adapter.setHidden({ ...own, surface: INSTAGRAM, hidden: false }, CONTEXT);
    const edited = await adapter.editComment({ ...own, ...sending(), surface: FACEBOOK, text: 'new' }, CONTEXT);
    expect(edited).toEqual({ kind: 'accepted', commentId: COMMENT });
    expect(await adapter.editComment({ ...own, ...sending(), surface: INSTAGRAM, text: 'new' }, CONTEXT)).toBe('unsupported');
    await adapter.deleteComment({ ...own, surface: FACEBOOK }, CONTEXT);
    await adapter.deleteComment({ ...own, surface: INSTAGRAM }, CONTEXT);
    const told = writes().map(({ method, path, form, query }) => {
      const { appsecret_proof: _, ...params } = Object.fromEntries([...form, ...query]);
      return [method, path, params];
    });
    expect(told).toEqual([
      ['POST', COMMENT, { is_hidden: 'true' }],
      ['POST', COMMENT, { hide: 'false', ad_id: AD }],
      ['POST', COMMENT, { message: 'new' }],
      ['DELETE', COMMENT, {}],
      ['DELETE', COMMENT, { ad_id: AD }],
    ]);
  });

  it('counts a comment that is gone as deleted, but not as hidden', async () => {
    const { adapter } = await tinyGraph(onWrite(fault(100, 33)));
    await adapter.deleteComment({ ...own, surface: FACEBOOK }, CONTEXT);
    await expect(adapter.setHidden({ ...own, surface: FACEBOOK, hidden: true }, CONTEXT)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it.each([
    ['a cut connection', { do: (response) => response.destroy() } satisfies Reply, 'unknown-outcome'],
    ['code 2', fault(2), 'unknown-outcome'],
    ['success: false', { json: { success: false } }, 'unknown-outcome'],
    ['a missing permission', fault(200), 'permission'],
    ['a closed limit', fault(32), 'throttled'],
  ] as const)('after %s the outcome is named and nothing is repeated', async (_, reply, kind) => {
    const { adapter, writes } = await tinyGraph(onWrite(reply));
    await expect(adapter.deleteComment({ ...own, surface: FACEBOOK }, CONTEXT)).rejects.toMatchObject({ kind });
    expect(writes()).toHaveLength(1);
  });
});
