import { CRASHES } from './crashes.ts';
import { DELETE_LIES } from './delete-lies.ts';
import type { FaultKind } from './fault-kind.ts';
import { PUBLISH_LIES } from './publish-lies.ts';
import { READ_LIES, RUN_LIES } from './read-lies.ts';

/** Everything that may go wrong with a call. */
export const FAULT_KINDS: readonly FaultKind[] = [...CRASHES, ...PUBLISH_LIES, ...DELETE_LIES, ...READ_LIES, ...RUN_LIES];

export function faultCalled(name: string): FaultKind {
  const found = FAULT_KINDS.find((each) => each.name === name);
  if (!found) throw new Error(`no fault is called "${name}"`);
  return found;
}
