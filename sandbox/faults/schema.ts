import { z } from 'zod';

const percent = z.number().min(0);
const usage = z.strictObject({
  call_count: percent.default(1),
  total_cputime: percent.default(1),
  total_time: percent.default(1),
  /** Minutes, as in Meta's header. */
  estimated_time_to_regain_access: z.number().min(0).default(0),
});
const ms = z.number().int().min(0).max(600_000);
const error = {
  code: z.number().int(),
  subcode: z.number().int().optional(),
  message: z.string().default('An error that was asked for'),
  type: z.string().default('OAuthException'),
  httpStatus: z.number().int().min(200).max(599).default(400),
  is_transient: z.boolean().optional(),
  usage: usage.optional(),
};
const acts = z.boolean();

/** What goes wrong. `acts`: whether the platform does what it was asked before it answers badly. */
export const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('http-500-before'), status: z.number().int().min(500).max(599).default(500) }),
  z.strictObject({ fault: z.literal('http-500-after'), status: z.number().int().min(500).max(599).default(500) }),
  z.strictObject({ fault: z.literal('html-502'), acts: acts.default(false) }),
  z.strictObject({ fault: z.literal('cut-before') }),
  z.strictObject({ fault: z.literal('cut-after') }),
  z.strictObject({ fault: z.literal('hang-before'), ms }),
  z.strictObject({ fault: z.literal('hang-after'), ms }),
  z.strictObject({ fault: z.literal('delay'), ms }),
  z.strictObject({ fault: z.literal('error'), ...error }),
  z.strictObject({ fault: z.literal('error-after'), ...error }),
  z.strictObject({ fault: z.literal('ok-with-error-body'), acts: acts.default(false), code: z.number().int().default(1) }),
  z.strictObject({ fault: z.literal('malformed-usage-header') }),
  z.strictObject({ fault: z.literal('usage'), usage }),
  z.strictObject({ fault: z.literal('bad-shape'), acts: acts.default(true), body: z.unknown().optional() }),
  z.strictObject({ fault: z.literal('late-apply'), ms, answer: z.enum(['cut', 'http-500', 'error-2']).default('cut') }),
  z.strictObject({ fault: z.literal('null-item') }),
]);
export type Fault = z.output<typeof faultSchema>;

/** Which calls a fault meets. Everything that is given must fit; a call of a batch fits like any other. */
const matchSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'DELETE']).optional(),
  /** A regular expression over the path without version: `^4000001_\d+/comments$`. */
  path: z.string().refine(isPattern, 'not a regular expression').optional(),
  /** The first part of the path, as the caller wrote it. */
  objectId: z.string().optional(),
  /** The endpoint as `GET /control/calls` names it: `POST /{post}/comments`. */
  endpoint: z.string().optional(),
});

/** What the body of `POST /control/faults` holds besides the fault itself. */
export const faultScopeSchema = z.object({
  match: matchSchema.default({}),
  /** How many calls it meets, then it is gone. */
  times: z.number().int().min(1).default(1),
  /** How many fitting calls pass unharmed first. */
  skip: z.number().int().min(0).default(0),
});
export type FaultMatch = z.output<typeof matchSchema>;

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch (cause) {
    if (cause instanceof SyntaxError) return false;
    throw cause;
  }
}
