import { z } from 'zod';
import { type CallContext, PlatformError } from '../platform.ts';
import { Id, maybe } from './fields.ts';
import type { Graph } from './graph.ts';

/** The Instagram account that stands in for a Page without one of its own; asked for once per Page and hour. */
export type PageBackedBook = (pageId: string, context: CallContext) => Promise<string | null>;

const KNOWN_FOR_MS = 60 * 60_000;

export const BackedPageNode = z.object({ connected_page_backed_instagram_account: maybe(z.object({ id: Id })) });

/** Only the Page tells it: neither an account nor its media says that it is a stand-in. */
export function createPageBackedBook(graph: Graph): PageBackedBook {
  const known = new Map<string, { readonly until: number; readonly accountId: string | null }>();
  return async (pageId, context) => {
    const cached = known.get(pageId);
    if (cached && performance.now() < cached.until) return cached.accountId;
    const accountId = await ask(graph, pageId, context);
    known.set(pageId, { until: performance.now() + KNOWN_FOR_MS, accountId });
    return accountId;
  };
}

async function ask(graph: Graph, pageId: string, context: CallContext): Promise<string | null> {
  const params = { fields: 'connected_page_backed_instagram_account{id}' };
  try {
    const node = await graph.read({ node: pageId, params, as: { kind: 'page', pageId }, context }, BackedPageNode);
    return node.connected_page_backed_instagram_account?.id ?? null;
  } catch (error) {
    // A Page that is not ours to ask says nothing; whose its objects are is decided elsewhere.
    if (error instanceof PlatformError && (error.kind === 'not-found' || error.kind === 'permission')) return null;
    throw error;
  }
}
