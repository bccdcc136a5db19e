import { type Cleanup, createCleanup } from '../../cli/cleanup.ts';
import { EXIT, type ExitCode } from '../../cli/exit.ts';
import { createProgress } from '../../cli/start/progress.ts';
import { stopRequested } from '../../cli/wait-for-stop.ts';
import { runNaive } from '../naive/run.ts';
import { shortcomings, weaknesses } from './figures.ts';
import { naiveReport, report } from './report.ts';
import { type ChaosOptions, runChaos } from './run.ts';

/** From so many ads on a run must also meet every fault often enough to count as the proof. */
const PROOF_FROM_ADS = 500;

/** `chaos`: exit 0 when all is as promised, 1 otherwise. */
export async function chaos({ json, ...options }: ChaosOptions & { readonly json: boolean }): Promise<ExitCode> {
  const figures = await carried((cleanup, say) => runChaos(options, cleanup, createProgress(), say));
  if (!figures) return EXIT.no;
  process.stdout.write(json ? `${JSON.stringify(figures)}\n` : `\n${report(figures)}`);
  const failures = [...shortcomings(figures), ...(options.ads >= PROOF_FROM_ADS ? weaknesses(figures) : [])];
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  return failures.length === 0 ? EXIT.done : EXIT.no;
}

/** `chaos --naive`: what a week's work does under the same schedule. It proves nothing of ours, so it only prints. */
export async function naive({ json, ...options }: { ads: number; seed: number; json: boolean }): Promise<ExitCode> {
  const figures = await carried((cleanup, say) => runNaive(options, cleanup, createProgress(), say));
  if (!figures) return EXIT.no;
  process.stdout.write(json ? `${JSON.stringify(figures)}\n` : `\n${naiveReport(figures)}`);
  return EXIT.done;
}

/** Brings all down at the end; `null` when somebody stopped it before. */
async function carried<T extends object>(work: (cleanup: Cleanup, say: (line: string) => void) => Promise<T>): Promise<T | null> {
  const cleanup = createCleanup();
  const stopped = stopRequested();
  const began = performance.now();
  const say = (line: string) => {
    const seconds = Math.round((performance.now() - began) / 1_000);
    process.stderr.write(`  ${String(seconds).padStart(4)} s  ${line}\n`);
  };
  try {
    const figures = await Promise.race([work(cleanup, say), stopped]);
    if (typeof figures !== 'string') return figures;
    await cleanup.run();
    // What still asks servers that are gone would ask for a long time.
    process.exit(EXIT.no);
  } finally {
    await cleanup.run();
  }
}
