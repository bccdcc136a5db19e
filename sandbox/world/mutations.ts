import { z } from 'zod';
import { commentRecord } from './comment.ts';
import type { JsonObject } from './json.ts';
import { sectionsSchema } from './schema.ts';

const at = z.number();
const changes = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null);

/** Everything that ever changes a world, as it stands in the journal. `at` is milliseconds since 1970. */
export const mutationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('seeded'), at, sections: sectionsSchema }),
  z.strictObject({ kind: z.literal('patched'), at, id: z.string(), changes }),
  z.strictObject({ kind: z.literal('grant-patched'), at, name: z.string(), changes }),
  z.strictObject({ kind: z.literal('first-read'), at, id: z.string() }),
  z.strictObject({ kind: z.literal('clock-advanced'), at, seconds: z.number() }),
  z.strictObject({ kind: z.literal('comment-created'), at, comment: commentRecord }),
  z.strictObject({ kind: z.literal('comment-edited'), at, id: z.string(), message: z.string() }),
  z.strictObject({ kind: z.literal('comment-hidden'), at, id: z.string(), hidden: z.boolean() }),
  z.strictObject({ kind: z.literal('comment-deleted'), at, id: z.string() }),
]);
export type Mutation = z.output<typeof mutationSchema>;
