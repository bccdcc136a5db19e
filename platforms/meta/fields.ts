import { z } from 'zod';

/** An id as Meta writes it: an opaque string. */
export const Id = z.string().regex(/^[\w-]{1,100}$/);

/** The id of a comment, a post or a media as Meta writes it: one or two numbers. Any other word in its place is none. */
export const ObjectId = z.string().regex(/^[1-9]\d{0,29}(?:_\d{1,30})?$/);

/**
 * A text of at most `longest` characters that can be kept and shown: a zero character or half a character would be
 * refused by the ledger again and again.
 */
function text(longest: number) {
  return z.string().max(longest).refine(canBeKept, 'a text without broken characters');
}

/** A zero character, or one half of a pair without the other. */
const BROKEN = /\0|\p{Surrogate}/u;
const EACH_BROKEN = new RegExp(BROKEN, 'gu');

function canBeKept(value: string): boolean {
  return !BROKEN.test(value);
}

/** The text with a sign in the place of each character that cannot be kept. */
export function keepable(value: string): string {
  return value.replace(EACH_BROKEN, '\uFFFD');
}

/** The name that people gave to something; Meta lets none be empty. */
export const Name = text(1_000).min(1);
/** A word of a list that Meta keeps: a placement, a country, a status. */
export const Word = text(200);
/** Where a page ends; it goes into the address of the next call. */
export const Cursor = text(2_000).min(1);
/** An address, or the parameters of one. */
export const Address = text(8_000);

/** A list whose every entry is kept; none that Meta allows comes near its bound. */
export function listOf<T extends z.ZodType>(entry: T) {
  return z.array(entry).max(500);
}

const GRAPH_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** Meta's `2026-11-21T20:51:22+0000`, turned into ISO 8601, UTC. */
export const Time = z.string().transform((text, context) => {
  const [, moment, zone] = GRAPH_TIME.exec(text) ?? [];
  const at = new Date(`${moment}${zone?.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
  if (!Number.isNaN(at.getTime())) return at.toISOString();
  context.addIssue({ code: 'custom', message: 'a time of the Graph API' });
  return z.NEVER;
});

/** Of a person, Page or account only the id is taken; the name stays where it came from. */
export const Actor = z.object({ id: ObjectId.optional() });

/** A field that Meta leaves out, or sends as `null`, when it has nothing to say. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null);
}
