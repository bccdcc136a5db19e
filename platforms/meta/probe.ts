import { z } from 'zod';
import type { CallContext } from '../platform.ts';
import { Id } from './fields.ts';
import { type Graph, SYSTEM } from './graph.ts';

const Probed = z.object({ id: Id });

/** The account's own node: the system user's token and its right to the account are needed, and nothing else is asked. */
export async function probe(graph: Graph, context: CallContext): Promise<void> {
  await graph.read({ node: context.accountId, params: { fields: 'id' }, as: SYSTEM, context }, Probed);
}
