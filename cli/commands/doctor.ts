import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { RunCommand } from '../run-command.ts';

interface Options {
  readonly live?: boolean;
  readonly probe: boolean;
  readonly workerHealth?: string;
}

/** What a group left open after its time may not keep the process. */
const LEFT_BEHIND_MS = 1_000;

/** `doctor`: whether everything is in place, each finding with its mend. `doctor --live`: whether the account is as we think. */
export function addDoctor(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description('Tell whether everything needed is in place, each finding with its mend; it leaves nothing that stays')
    .option(
      '--live',
      'hold what the account answers against what the code assumes; it only reads and prints, for what needs a write, how to do it by hand',
    )
    .option('--no-probe', 'leave out the short-lived runs that show whether priorities and fairness act')
    .option('--worker-health <url>', 'where a worker serves its health, for example http://127.0.0.1:8080', addressFrom)
    .action((options: Options) =>
      run(async (context) => {
        const { admit } = await import('../doctor/patient.ts');
        const patient = admit(context, { probe: options.probe, workerHealth: options.workerHealth ?? null });
        if (options.live === true) {
          const { askLive, liveText } = await import('../doctor/live.ts');
          const report = await askLive(patient);
          process.stdout.write(context.json ? `${JSON.stringify(report)}\n` : liveText(report));
          return report.live.some(({ verdict }) => verdict === 'differs') ? EXIT.no : EXIT.done;
        }
        return examine(context, patient);
      }),
    );
}

async function examine(context: Context, patient: import('../doctor/patient.ts').Patient): Promise<ExitCode> {
  const { examineAll } = await import('../doctor/examine.ts');
  const { examinationText } = await import('../doctor/print.ts');
  const shown = process.stderr.isTTY && !context.json;
  const { checks, late } = await examineAll(patient, (group, seconds) => {
    if (shown) process.stderr.write(`  … ${group.padEnd(12)} looked at (${seconds.toFixed(1)} s)\n`);
  });
  process.stdout.write(context.json ? `${JSON.stringify({ checks })}\n` : examinationText(checks));
  if (late) setTimeout(() => process.exit(), LEFT_BEHIND_MS).unref();
  return checks.some(({ state }) => state === 'wrong') ? EXIT.no : EXIT.done;
}

function addressFrom(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('write an address such as http://127.0.0.1:8080.');
}
