import type { Finding, FindingState } from '../../platforms/examiner.ts';
import { clockGroup } from './clock-group.ts';
import { configGroup } from './config-group.ts';
import { credentialsGroup } from './credentials-group.ts';
import { databaseGroup } from './database-group.ts';
import { wordsOf, wrong } from './findings.ts';
import { identitiesGroup } from './identities-group.ts';
import type { Group, Patient } from './patient.ts';
import { temporalGroup } from './temporal-group.ts';
import { workerGroup } from './worker-group.ts';

/** In the order in which they are shown. */
export const GROUPS: readonly Group[] = [
  configGroup,
  credentialsGroup,
  identitiesGroup,
  temporalGroup,
  databaseGroup,
  clockGroup,
  workerGroup,
];

/** A finding with its group: what `--json` prints, its keys stable. */
export interface Check {
  readonly id: string;
  readonly group: string;
  readonly state: FindingState;
  readonly says: string;
  readonly mend: string | null;
}

export interface Examination {
  readonly checks: readonly Check[];
  /** Whether a group did not end in its time: something of it may still be open. */
  readonly late: boolean;
}

/** Looks at all groups side by side; each ends in its time. `onDone` hears of each as it ends. */
export async function examineAll(
  patient: Patient,
  onDone: (group: string, seconds: number) => void,
  groups: readonly Group[] = GROUPS,
): Promise<Examination> {
  const results = await Promise.all(
    groups.map(async (group) => {
      const began = performance.now();
      const result = await examineOne(group, patient);
      onDone(group.name, (performance.now() - began) / 1_000);
      return { ...result, group: group.name };
    }),
  );
  return {
    checks: results.flatMap(({ group, findings }) => findings.map((finding) => ({ ...finding, group }))),
    late: results.some(({ late }) => late),
  };
}

async function examineOne(
  group: Group,
  patient: Patient,
): Promise<{ readonly findings: readonly Finding[]; readonly late: boolean }> {
  const findings: Finding[] = [];
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), group.timeoutMs);
  });
  const work = group
    .examine(patient, (told) => findings.push(...told), stop.signal)
    .catch((error: unknown) => {
      if (!stop.signal.aborted) findings.push(broken(group.name, error));
    });
  const first = await Promise.race([work, timeout]);
  clearTimeout(timer);
  if (first !== 'late') return { findings, late: false };
  const told = [...findings];
  stop.abort(new Error('the time of this group is over'));
  const says = `No complete answer within ${group.timeoutMs / 1_000} s.`;
  return {
    findings: [
      ...told,
      wrong(`${group.name}.in-time`, says, 'Something accepts connections and does not answer; see which check is missing.'),
    ],
    late: true,
  };
}

/** What nobody foresaw is a finding too: the other groups still have something to say. */
function broken(name: string, error: unknown): Finding {
  return wrong(
    `${name}.examined`,
    `This could not be examined to its end: ${wordsOf(error)}`,
    'Ask again; when it stays, report it.',
  );
}
