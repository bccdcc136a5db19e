import type { Guardrail } from '../guardrail.ts';
import { partOwn } from '../ours.ts';
import { broken, kept } from './finding.ts';
import { signsOf } from './signs.ts';

export const firstInThread: Guardrail = {
  id: 'first-in-thread',
  protects: 'Where others have commented before us, the brand may want to look before it speaks.',
  hard: false,
  severity: 'note',
  leadsTo: 'blocked',
  check(facts, brand) {
    const { count, earliestAt } = facts.thread.strangers;
    const oursStands = partOwn(facts.thread.own, signsOf(facts, brand)).ours.length > 0;
    const evidence = { othersCommented: count > 0, oursStands };
    if (count === 0) return kept('Nobody else has commented here yet.', evidence);
    if (oursStands) return kept('Others have commented here too; our comment already stands.', evidence);
    return broken('Others have commented here before us, so ours will not be the first.', evidence, { count, earliestAt });
  },
};
