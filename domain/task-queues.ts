import type { Platform } from './ad.ts';

/** The queue of all workflows and of the ledger's local activities. */
export const WORKFLOW_QUEUE = 'first-comment';

/** The queue of a platform's reads. */
export function readQueue(platform: Platform): string {
  return `${WORKFLOW_QUEUE}-${platform}-read`;
}

/** The queue of a platform's publish requests: a queue of its own, so that a limit of 0 on it stops all publishing (protocol c). */
export function writeQueue(platform: Platform): string {
  return `${WORKFLOW_QUEUE}-${platform}-write`;
}
