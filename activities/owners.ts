import type { Owner } from '../store/ledger.ts';

/** Whether an owner lives, asked once for all who wait for it. */
export function askedOnce(ask: (owner: Owner) => Promise<boolean>): (owner: Owner) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();
  return (owner) => {
    const key = `${owner.cluster} ${owner.namespace} ${owner.workflowId}`;
    const known = answers.get(key) ?? ask(owner);
    answers.set(key, known);
    return known;
  };
}
