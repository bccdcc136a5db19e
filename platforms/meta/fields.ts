import { z } from 'zod';

/** An id as Meta writes it: an opaque string. */
export const Id = z.string().regex(/^[\w-]{1,100}$/);

const GRAPH_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** Meta's `2026-11-21T20:51:22+0000`, turned into ISO 8601, UTC. */
export const Time = z.string().transform((text, context) => {
  const [, moment, zone] = GRAPH_TIME.exec(text) ?? [];
  const at = new Date(`${moment}${zone?.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
  if (!Number.isNaN(at.getTime())) return at.toISOString();
  context.addIssue({ code: 'custom', message: 'not a time of the Graph API' });
  return z.NEVER;
});

/** Of a person, Page or account only the id is taken; the name stays where it came from. */
export const Actor = z.object({ id: Id.optional() });

/** A field that Meta leaves out, or sends as `null`, when it has nothing to say. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null);
}
