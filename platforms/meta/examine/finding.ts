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

/** What says nothing about the object that was asked for; the findings about credentials name the cause. */
const SAYS_NOTHING: Readonly<Partial<Record<PlatformError['kind'], string>>> = {
  auth: 'The token is not accepted.',
  transient: 'The platform does not answer.',
  throttled: 'The platform lets nobody in for now: a limit is reached.',
};

/** A failed call as a finding. */
export function failed(id: string, what: string, error: PlatformError, mend: string | null = null): Finding {
  const nothing = SAYS_NOTHING[error.kind];
  if (nothing !== undefined) return finding(id, 'not-checked', nothing);
  return finding(id, 'wrong', `${what}: ${error.message}`, mend ?? MEND_OF[error.kind] ?? null);
}

const MEND_OF: Readonly<Partial<Record<PlatformError['kind'], string>>> = {
  permission: MENDS.permission,
  'not-found': MENDS.missing,
  schema: 'Compare graphVersion in connections.yaml with the versions that this release knows.',
};
