import { createCleanup } from '../../cli/cleanup.ts';
import { EXIT, type ExitCode } from '../../cli/exit.ts';
import { createProgress } from '../../cli/start/progress.ts';
import { stopRequested } from '../../cli/wait-for-stop.ts';
import { UserError } from '../../domain/user-error.ts';
import { type BatchSize, carryBatch, KINDS, type Kind } from './batch.ts';
import { eventTypes } from './event-types.ts';
import { figuresOf, type Round, shortcomings } from './figures.ts';
import { batchLine, eventSentence, figuresTable } from './report.ts';
import { bringUpStack, type Stack } from './stack.ts';

export interface OverheadOptions extends BatchSize {
  readonly rounds: number;
  readonly json: boolean;
}

/** Enough to load code, open connections and fill caches before anything is measured. */
const WARM_UP = 30;

/** `overhead`: what a run costs over a bare workflow. Exit 1 when a history is over its budget or a run did not end `visible`. */
export async function overhead(options: OverheadOptions): Promise<ExitCode> {
  if (options.batch <= 2 * options.inFlight)
    throw new UserError('--batch must be more than twice --in-flight, else the load is never steady.');
  const cleanup = createCleanup();
  const stopped = stopRequested();
  try {
    const stack = await bringUpStack(cleanup, createProgress());
    const abort = new AbortController();
    const measured = stack.temporal.connection.withAbortSignal(abort.signal, () => measure(options, stack));
    // Whatever still waits for an answer must end before the connection is closed under it.
    cleanup.add(async () => {
      abort.abort();
      await Promise.allSettled([measured]);
    });
    const rounds = await Promise.race([measured, stopped]);
    if (typeof rounds === 'string') return EXIT.no;
    const figures = figuresOf(rounds);
    process.stdout.write(options.json ? `${JSON.stringify(figures)}\n` : `\n${figuresTable(figures, rounds)}`);
    const failures = shortcomings(figures, rounds);
    for (const failure of failures) process.stderr.write(`${failure}\n`);
    return failures.length === 0 ? EXIT.done : EXIT.no;
  } finally {
    await cleanup.run();
  }
}

/** Bare, one, two, bare, one, two, …: what the machine does besides falls on all three alike. */
async function measure(options: OverheadOptions, stack: Stack): Promise<readonly Round[]> {
  let next = 1;
  for (const kind of KINDS) {
    await carryBatch(stack, kind, next, { batch: WARM_UP, inFlight: 10 });
    next += WARM_UP;
  }
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const batch = async (kind: Kind) => {
      const result = await carryBatch(stack, kind, next, options);
      next += options.batch;
      const types = await eventTypes(stack.temporal.client, result.longest);
      process.stderr.write(`${batchLine(round, result)}           longest: ${eventSentence(types)}\n`);
      return result;
    };
    rounds.push({ bare: await batch('bare'), one: await batch('one'), two: await batch('two') });
  }
  return rounds;
}
