import type { JsonObject } from '../world/json.ts';
import { invalidParameter } from './errors.ts';
import type { GraphCall, Params } from './scene.ts';

/** Where a page ended: the last item seen, where it stood, and how many empty pages are still to come. */
interface Position {
  readonly id: string;
  readonly index: number;
  readonly empty: number;
}

/** How a list misbehaves. */
export interface ListBehaviour {
  readonly empty_pages: number;
  readonly empty_pages_at: 'start' | 'after-first';
}

export interface Page<T> {
  readonly items: readonly T[];
  /** `undefined` when Meta would leave `paging` out. */
  readonly paging: JsonObject | undefined;
}

/**
 * Cuts one page out of a list. A page may be empty and still have a `next`; `next` holds the token, as Meta's does.
 * @throws GraphError 100 for a bad limit or cursor
 */
export function pageOf<T>(
  all: readonly T[],
  list: { idOf(item: T): string; behaviour?: ListBehaviour; maximum: number; path: string },
  params: Params,
  call: GraphCall,
): Page<T> {
  const limit = readLimit(params.limit, list.maximum);
  if (limit === 0) return { items: [], paging: undefined };
  const behaviour = list.behaviour ?? { empty_pages: 0, empty_pages_at: 'after-first' };
  const after = params.after === undefined ? undefined : readCursor(params.after);
  const emptyAhead = after?.empty ?? (behaviour.empty_pages_at === 'start' ? behaviour.empty_pages : 0);
  const start = after ? indexAfter(all, after, list.idOf) : 0;

  if (emptyAhead > 0) {
    const next = writeCursor({ id: after?.id ?? '', index: after?.index ?? -1, empty: emptyAhead - 1 });
    return { items: [], paging: { cursors: { before: next, after: next }, next: nextUrl(list.path, params, next, call) } };
  }
  const items = all.slice(start, start + limit);
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return { items, paging: undefined };
  const more = start + limit < all.length;
  const empty = after === undefined && more && behaviour.empty_pages_at === 'after-first' ? behaviour.empty_pages : 0;
  const end = writeCursor({ id: list.idOf(last), index: start + items.length - 1, empty });
  const cursors = { before: writeCursor({ id: list.idOf(first), index: start, empty: 0 }), after: end };
  return { items, paging: { cursors, ...(more && { next: nextUrl(list.path, params, end, call) }) } };
}

function readLimit(text: string | undefined, maximum: number): number {
  if (text === undefined) return 25;
  if (!/^\d{1,9}$/.test(text)) throw invalidParameter('Param limit must be a positive integer');
  return Math.min(Number(text), maximum);
}

/** By the item itself, so that newer items before it do not shift the page; by place when it is gone. */
function indexAfter<T>(all: readonly T[], after: Position, idOf: (item: T) => string): number {
  const found = all.findIndex((item) => idOf(item) === after.id);
  return found >= 0 ? found + 1 : after.index + (after.index < 0 ? 1 : 0);
}

function writeCursor({ id, index, empty }: Position): string {
  return Buffer.from(JSON.stringify([id, index, empty])).toString('base64url');
}

function readCursor(cursor: string): Position {
  try {
    const [id, index, empty] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown, unknown];
    if (typeof id === 'string' && typeof index === 'number' && typeof empty === 'number') return { id, index, empty };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw invalidParameter('Invalid cursors values');
}

function nextUrl(path: string, params: Params, after: string, call: GraphCall): string {
  const query = new URLSearchParams({ access_token: call.token ?? '', ...params, after });
  query.delete('appsecret_proof');
  return `${call.base}/${path}?${query}`;
}
