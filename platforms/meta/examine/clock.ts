import type { PlatformClock } from '../../examiner.ts';
import { type Graph, SYSTEM } from '../graph.ts';

/** The moment that an answer carries, with this machine's in the middle of the exchange. Errors carry one too. */
export async function readClock(graph: Graph, signal: AbortSignal): Promise<PlatformClock | null> {
  const before = Date.now();
  const look = await graph.look({ node: 'me', params: { fields: 'id' }, as: SYSTEM, context: { accountId: 'doctor', signal } });
  const after = Date.now();
  if (look.kind === 'failed') return null;
  const { date } = look.headers;
  const platformMs = Date.parse(typeof date === 'string' ? date : '');
  return Number.isNaN(platformMs) ? null : { platformMs, hereMs: (before + after) / 2 };
}
