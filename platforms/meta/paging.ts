import { z } from 'zod';
import { Cursor } from './fields.ts';

/** A page of an edge. `next` is only asked whether it is there: it embeds the token, so its URL is dropped unread. */
export function pageOf<T>(item: z.ZodType<T>) {
  return z.object({
    data: z.array(item),
    paging: z
      .object({
        cursors: z.object({ after: Cursor.optional() }).optional(),
        next: z
          .unknown()
          .optional()
          .transform((next) => next !== undefined && next !== null),
      })
      .refine(({ cursors, next }) => !next || cursors?.after !== undefined, {
        path: ['cursors', 'after'],
        error: 'a cursor beside next',
      })
      .optional(),
  });
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly paging?:
    | { readonly cursors?: { readonly after?: string | undefined } | undefined; readonly next: boolean }
    | undefined;
}

/** `end`: no page is left. `stopped`: the visitor had enough. `cut`: the bound on pages, or cursors that go in a circle. */
export type WalkEnd = 'end' | 'stopped' | 'cut';

/** Walks the pages of an edge by cursor; an empty page that has a next one is not the end. */
export async function walkPages<T>(
  fetchPage: (after: string | null) => Promise<Page<T>>,
  visit: (items: readonly T[]) => 'go-on' | 'stop',
  maxPages: number,
): Promise<WalkEnd> {
  const seen = new Set<string>();
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const { data, paging }: Page<T> = await fetchPage(after);
    const wish = visit(data);
    if (!paging?.next) return 'end';
    if (wish === 'stop') return 'stopped';
    const cursor: string | undefined = paging.cursors?.after;
    if (cursor === undefined || seen.has(cursor)) return 'cut';
    seen.add(cursor);
    after = cursor;
  }
  return 'cut';
}
