import { z } from 'zod';
import type { JsonObject } from './json.ts';
import { isWorldTime } from './time.ts';

/** What the records of a world are made of. */

export const id = z.string('ids are strings: put it in quotes').regex(/^\d{1,25}$/, 'an id is 1 to 25 digits, in quotes');
export const postId = z
  .string('ids are strings: put it in quotes')
  .regex(/^\d{1,25}_\d{1,25}$/, 'a post id is <page id>_<digits>');
export const anyId = z.string('ids are strings: put it in quotes').regex(/^(act_)?\d{1,25}(_\d{1,25})?$/, 'not an id');
export const accountId = z.string().regex(/^act_\d{1,20}$/, 'an ad account id is act_<digits>');
export const time = z.string().refine(isWorldTime, 'write an ISO 8601 time, or "3d ago", "5h ago", "40m ago", "10s ago"');
export const seconds = z.number().min(0);
export const json = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected a map',
);

/** Ways in which a list may be awkward. */
export const listBehaviour = {
  /** Empty pages that still have a `next`. */
  empty_pages: z.number().int().min(0).default(0),
  empty_pages_at: z.enum(['start', 'after-first']).default('after-first'),
};
