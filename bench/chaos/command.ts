import { createCleanup } from '../../cli/cleanup.ts';
import { EXIT, type ExitCode } from '../../cli/exit.ts';
import { createProgress } from '../../cli/start/progress.ts';
import { stopRequested } from '../../cli/wait-for-stop.ts';
import { ENOUGH, shortcomings, weaknesses } from './figures.ts';
import { report } from './report.ts';
import { type ChaosOptions, runChaos } from './run.ts';

/** From so many ads on a run must also meet every fault often enough to count as the proof. */
const PROOF_FROM_ADS = 500;

/** `chaos`: exit 0 when all is as promised, 1 otherwise. */
export async function chaos(options: ChaosOptions & { readonly json: boolean }): Promise<ExitCode> {
  const cleanup = createCleanup();
  const stopped = stopRequested();
  const began = performance.now();
  const say = (line: string) => {
    const seconds = Math.round((performance.now() - began) / 1_000);
    process.stderr.write(`  ${String(seconds).padStart(4)} s  ${line}\n`);
  };
  try {
    const figures = await Promise.race([runChaos(options, cleanup, createProgress(), say), stopped]);
    if (typeof figures === 'string') {
      await cleanup.run();
      // What still asks servers that are gone would ask for a long time.
      process.exit(EXIT.no);
    }
    process.stdout.write(options.json ? `${JSON.stringify(figures)}\n` : `\n${report(figures)}`);
    const failures = [...shortcomings(figures), ...(options.ads >= PROOF_FROM_ADS ? weaknesses(figures) : [])];
    for (const failure of failures) process.stderr.write(`${failure}\n`);
    if (options.ads < PROOF_FROM_ADS) {
      const { hitsOfEachPublishFault, crashPoints } = ENOUGH;
      say(
        `${PROOF_FROM_ADS} ads meet every publish fault ${hitsOfEachPublishFault} times and strike ${crashPoints} crash points`,
      );
    }
    return failures.length === 0 ? EXIT.done : EXIT.no;
  } finally {
    await cleanup.run();
  }
}
