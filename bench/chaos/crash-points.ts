/** Where a worker kills itself: around the `nth` call of one of its doors. `during`: while the call is under way. */
export interface CrashPoint {
  readonly when: 'before' | 'during' | 'after';
  /** As `callName` writes it: `ledger.gate`, `meta.publish`, `ledger.recordResult:activity`. */
  readonly call: string;
}

const AROUND = [
  'ledger.claim',
  'ledger.readFacts',
  'ledger.gate',
  'meta.publish',
  'ledger.recordResult:activity',
  'ledger.recordResult:workflow',
  'ledger.recordResult:settling',
  'ledger.planLooks',
  'ledger.attemptsOn',
  'ledger.publicationsOn',
  'ledger.park',
  'ledger.unpark',
  'ledger.releaseClaim',
  'ledger.recordVisibility',
  'ledger.runEnded',
  'meta.readThread:bounded',
  'meta.readThread:until',
  'meta.readComment',
];

/** The points of the publish path, from the claim to the end of the run. */
export const CRASH_POINTS: readonly CrashPoint[] = [
  ...AROUND.flatMap((call) => [{ when: 'before', call } as const, { when: 'after', call } as const]),
  { when: 'during', call: 'meta.publish' },
  { when: 'during', call: 'meta.readThread:until' },
  { when: 'before', call: 'ledger.adopt' },
  { when: 'after', call: 'ledger.adopt' },
  { when: 'before', call: 'ledger.takeOver' },
  { when: 'after', call: 'ledger.takeOver' },
  { when: 'before', call: 'runs.isOpen' },
  { when: 'before', call: 'runs.wake' },
];

export function formatPoint({ when, call }: CrashPoint): string {
  return `${when} ${call}`;
}

/** Some calls are steps of different kinds: who records a result, how deep a thread is read. */
export function callName(door: string, method: string, given: readonly unknown[]): string {
  const call = `${door}.${method}`;
  if (method === 'recordResult') return `${call}:${String(given[2])}`;
  if (method === 'readThread') {
    const { depth } = given[0] as { depth: { kind: string } };
    return `${call}:${depth.kind}`;
  }
  return call;
}
