import type { Outcome } from '../../../domain/outcome.ts';
import type { Execution } from '../driver/execution.ts';
import type { Blow, Hands } from '../play.ts';

/** What may happen to a run at any moment, beside its calls. */
export interface BlowKind {
  readonly name: string;
  readonly when: Blow['when'];
  readonly strike: Blow['strike'];
  readonly mayEnd?: readonly Outcome[];
  /** Only in scenarios that are nobody's variant. */
  readonly once?: boolean;
  /** Not to a sweep or a retract: what it begins is the ledger's to know, and another one goes on with it. */
  readonly adsOnly?: boolean;
  /** Only where another run can go on in its place. */
  readonly needsAnother?: boolean;
}

function restart({ server, workflowIds, start }: Hands, execution: Execution): void {
  execution.terminate();
  const index = workflowIds.indexOf(execution.id.workflowId);
  if (server.current(execution.id.workflowId) === execution) start(index);
}

export const BLOWS: readonly BlowKind[] = [
  {
    name: 'workflow worker dies',
    when: 'answering',
    strike: ({ server }, execution) => server.kill(execution.id.workflowId),
  },
  {
    name: 'workflow task is lost',
    when: 'answering',
    strike: (_, execution) => execution.loseTask(),
    once: true,
  },
  {
    name: 'cancelled',
    when: 'answered',
    strike: (_, execution) => execution.cancel(),
    adsOnly: true,
    mayEnd: ['withdrawn'],
  },
  { name: 'terminated, started again', when: 'answered', strike: restart, adsOnly: true },
  {
    name: 'reset to its start',
    when: 'answered',
    once: true,
    strike: ({ server }, execution) => {
      const first = execution.tasks[0]?.[0];
      if (first) server.reset(execution, [], first.jobs);
    },
  },
  {
    name: 'reset to its last task',
    when: 'answered',
    strike: ({ server }, execution) => {
      const last = execution.tasks.at(-1)?.[0];
      if (last) server.reset(execution, execution.tasks.slice(0, -1), last.jobs);
    },
  },
  {
    name: 'terminated for good',
    when: 'answered',
    strike: (_, execution) => execution.terminate(),
    needsAnother: true,
    adsOnly: true,
  },
];
