import type { PublishResult } from '../../platforms/platform.ts';
import { fieldName } from '../helpers/field-paths.ts';
import type { TamperingGraph } from '../helpers/tampering-graph.ts';
import { type Ending, sameResult } from './fuzz-case.ts';
import { FORBIDDEN, type Spoilt } from './fuzz-run.ts';

/**
 * What is wrong with how a publish request ended: a no or "not sent" after the platform may have acted, an id that is none,
 * or an exception.
 */
export function flawOfPublish(
  graph: TamperingGraph,
  sound: unknown,
  { exchange, path }: Pick<Spoilt, 'exchange' | 'path'>,
  ending: Ending,
): string | null {
  if (ending.kind !== 'value') return ending.kind === 'error' ? `throws ${ending.error}` : 'hangs';
  const [before, after] = [sound, ending.value] as readonly PublishResult[];
  if (before === undefined || after === undefined) return 'has no result';
  // Meta's own words about an error are passed on, without what looks like a secret.
  if (path.at(-1) !== 'message' && 'says' in after && FORBIDDEN.some((text) => after.says.includes(text)))
    return `tells "${after.says}"`;
  const sent = graph.exchanges.some(({ method }) => method === 'POST');
  // Without a token nothing was sent, and that may be said.
  if (!sent) return after.kind === 'not-sent' || after.kind === 'refused' ? null : `is ${after.kind}, but nothing was sent`;
  if (exchange.method !== 'POST') return sameKind(before, after) || refusedToken(path, after) ? null : `is ${after.kind}`;
  if (after.kind === 'accepted') return sameResult(before, after) ? null : `accepts ${after.commentId}`;
  if (after.kind === 'unknown')
    return after.says.includes(`${exchange.method} ${exchange.path}`) || 'code' in after ? null : 'names no call';
  // A no stays one as long as its code stands there.
  return before.kind === 'refused' && after.kind === 'refused' && fieldName(path) !== 'error.code' ? null : `is ${after.kind}`;
}

function sameKind(before: PublishResult, after: PublishResult): boolean {
  return before.kind === after.kind;
}

function refusedToken(path: readonly (string | number)[], after: PublishResult): boolean {
  return path.at(-1) === 'access_token' && after.kind === 'refused' && after.why === 'auth';
}
