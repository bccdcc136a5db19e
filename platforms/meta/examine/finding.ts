import type { Finding, FindingState } from '../../examiner.ts';
import type { PlatformError } from '../../platform.ts';
import type { Answer } from '../answer.ts';
import { classify, formatCode } from '../classify.ts';
import { MENDS } from '../error-table.ts';

export function finding(id: string, state: FindingState, says: string, mend: string | null = null): Finding {
  return { id, state, says, mend };
}

/** A refusal as a finding, with what a person does about errors of its class. */
export function refused(id: string, what: string, answer: Extract<Answer, { kind: 'fault' | 'unreadable' }>): Finding {
  if (answer.kind === 'unreadable') {
    return finding(
      id,
      'wrong',
      `${what}: HTTP ${answer.status} without a readable answer.`,
      'Check baseUrl in connections.yaml.',
    );
  }
  const means = classify(answer.fault);
  const mend = means === null ? 'Look the code up; this release does not know it.' : MENDS[means];
  return finding(id, 'wrong', `${what}: refused with code ${formatCode(answer.fault)}.`, mend);
}

/** What says nothing about the object asked for: a dead token, a closed limit, no answer. Other findings name these. */
const SAYS_NOTHING: readonly PlatformError['kind'][] = ['auth', 'transient', 'throttled'];

/** A failed call as a finding. */
export function failed(id: string, what: string, error: PlatformError, mend: string | null = null): Finding {
  if (SAYS_NOTHING.includes(error.kind))
    return finding(id, 'not-checked', `${what}: ${error.message}`, MEND_OF[error.kind] ?? null);
  return finding(id, 'wrong', `${what}: ${error.message}`, mend ?? MEND_OF[error.kind] ?? null);
}

const MEND_OF: Readonly<Partial<Record<PlatformError['kind'], string>>> = {
  auth: MENDS.auth,
  permission: MENDS.permission,
  throttled: MENDS.throttle,
  'not-found': MENDS.missing,
  transient: 'Try again; look at the platform’s status page when it lasts.',
  schema: 'Compare graphVersion in connections.yaml with the versions that this release knows.',
};
