import type { z } from 'zod';
import { PlatformError, TOO_LONG } from '../platform.ts';
import { classify, ErrorEnvelope, formatCode, type GraphFault, kindAfterRead } from './classify.ts';
import { MENDS } from './error-table.ts';
import type { HttpHeaders, HttpOutcome } from './exchange.ts';
import type { Scrubber } from './scrub.ts';
import { MAX_ANSWER_BYTES } from './settings.ts';

/** What to do about an answer that does not fit. */
export const COMPARE = 'Compare graphVersion with the version this adapter knows.';

/** What a body turned out to be. */
export type Answer =
  | { readonly kind: 'body'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'fault'; readonly status: number; readonly fault: GraphFault }
  /** HTML, half a JSON, a redirect, an error without a code. */
  | { readonly kind: 'unreadable'; readonly status: number };

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body. An error object counts as an error whatever the HTTP status says, as Meta sends some with 200. */
export function readAnswer(outcome: {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
}): Answer {
  const { status } = outcome;
  let body: unknown;
  try {
    // Bytes that are no UTF-8 would turn into other characters without a word, also in a link that we publish.
    body = JSON.parse(UTF8.decode(outcome.body));
  } catch {
    // Meta's edge answers with HTML or nothing when it is in trouble.
    return { kind: 'unreadable', status };
  }
  const envelope = ErrorEnvelope.safeParse(body);
  if (envelope.success) return { kind: 'fault', status, fault: envelope.data.error };
  const claimsError = typeof body === 'object' && body !== null && 'error' in body;
  if (claimsError || status < 200 || status > 299) return { kind: 'unreadable', status };
  return { kind: 'body', status, body };
}

/** Meta's own words about an error, scrubbed and short, with the code and the trace that Meta's support asks for. */
export function sayFault(fault: GraphFault, scrubber: Scrubber): string {
  const trace = fault.fbtrace_id ? `, trace ${scrubber.clean(fault.fbtrace_id, 40)}` : '';
  const words = scrubber.clean(fault.message ?? 'no message', 200);
  return `Meta said no with code ${formatCode(fault)}${trace}: ${words}`;
}

/** The error that a failed read throws. */
export function faultOfRead(
  call: string,
  answer: Extract<Answer, { kind: 'fault' }>,
  retryAfterMs: number | null,
  scrubber: Scrubber,
): PlatformError {
  const kind = kindAfterRead(answer.fault, answer.status);
  const means = classify(answer.fault);
  const mend = means === null ? 'The code is unknown; look it up.' : MENDS[means];
  return new PlatformError({
    kind,
    platform: 'meta',
    message: `${call} failed. ${sayFault(answer.fault, scrubber)}. ${mend}`,
    code: formatCode(answer.fault),
    retryAfterMs: kind === 'throttled' ? retryAfterMs : null,
  });
}

/** The error of a read whose answer cannot be read at all. */
export function unreadable(call: string, status: number): PlatformError {
  const kind = status >= 500 ? 'transient' : 'schema';
  return new PlatformError({
    kind,
    platform: 'meta',
    message: `${call} was answered with HTTP ${status} and no readable Graph answer. Check baseUrl, or wait when Meta is in trouble.`,
    code: `http-${status}`,
  });
}

/** The error of a read that got no answer. */
export function unanswered(call: string, outcome: Extract<HttpOutcome, { kind: 'failed' }>, scrubber: Scrubber): PlatformError {
  const why = scrubber.clean(outcome.why, 200);
  return new PlatformError({
    kind: 'transient',
    platform: 'meta',
    message: `${call} got no answer: ${why}. Check the connection to baseUrl when it lasts.`,
  });
}

/** The error of a read whose answer is longer than any that fits; asking again would bring the same. */
export function tooLong(call: string): PlatformError {
  return new PlatformError({
    kind: 'schema',
    platform: 'meta',
    message: `${call}: the answer does not fit in (the whole answer) (more than ${MAX_ANSWER_BYTES} bytes). ${COMPARE}`,
    code: TOO_LONG,
  });
}

/**
 * Checks a body against a schema.
 * @throws PlatformError of kind `schema` that names the call and the fields, never the body.
 */
export function fitBody<T>(call: string, schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new PlatformError({ kind: 'schema', platform: 'meta', message: `${call}: ${misfit(result.error)}` });
}

/** Which fields of an answer do not fit, without any of their values. */
export function misfit(error: z.ZodError): string {
  const fields = error.issues.slice(0, 3).map((issue) => {
    const path = issue.path.map((step) => String(step).slice(0, 40)).join('.') || '(the whole answer)';
    return `${path} (${wanted(issue)})`;
  });
  const more = error.issues.length > 3 ? ` and ${error.issues.length - 3} more` : '';
  return `the answer does not fit in ${fields.join(', ')}${more}. ${COMPARE}`;
}

/** What was expected, in words; never what was found. */
function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.expected} expected`;
    case 'too_big':
      return `at most ${issue.maximum} expected`;
    case 'too_small':
      return `at least ${issue.minimum} expected`;
    case 'custom':
      return `${issue.message} expected`;
    default:
      return 'another form expected';
  }
}

/**
 * Checks that an answer is about the object that was asked for.
 * @throws PlatformError of kind `schema`
 */
export function requireSame(call: string, field: string, asked: string, answered: unknown): void {
  if (answered === asked) return;
  throw new PlatformError({
    kind: 'schema',
    platform: 'meta',
    message: `${call}: the answer does not fit in ${field} (it is about another object). ${COMPARE}`,
  });
}
