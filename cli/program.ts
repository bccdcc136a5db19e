import { Command } from 'commander';
import { addCheck } from './commands/check.ts';
import { addCopy } from './commands/copy.ts';
import { addControl, addDecisions } from './commands/decide.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addInit } from './commands/init.ts';
import { addLedger } from './commands/ledger.ts';
import { addPause, addResume } from './commands/orders.ts';
import { addPreview } from './commands/preview.ts';
import { addRetract } from './commands/retract.ts';
import { addRun } from './commands/run.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addSettle } from './commands/settle.ts';
import { addSetup } from './commands/setup.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';
import { addWorker } from './commands/worker.ts';
import { type Context, createContext } from './context.ts';
import { type ExitCode, reportFailure } from './exit.ts';
import type { RunCommand } from './run-command.ts';
import { versionOfPackage } from './version.ts';

/** The command line. `exit` receives the exit code of the command that ran. */
export function createProgram(exit: (code: ExitCode) => void): Command {
  const program = new Command('first-comment');
  program
    .description("The brand's own first comment under each of its ads: published at most once, verified, measured.")
    .version(versionOfPackage(), '--version', 'print the version')
    .option('--json', 'one JSON value on standard output, for machines')
    // What stands after a command is that command's: `retract --version 3` asks for no version of the program.
    .enablePositionalOptions()
    .showHelpAfterError('(first-comment --help shows the commands)')
    .exitOverride();
  const run: RunCommand = async (work) => {
    const json = wantsJson(program);
    let context: Context | null = null;
    try {
      context = createContext(json);
      exit(await work(context));
    } catch (error) {
      exit(reportFailure(error, json));
    } finally {
      await context?.close();
    }
  };
  for (const add of [
    addStart,
    addRun,
    addStatus,
    addExplain,
    addDecisions,
    addControl,
    addCheck,
    addCopy,
    addInit,
    addPreview,
    addDoctor,
    addPause,
    addResume,
    addRetract,
    addLedger,
    addSettle,
    addSetup,
    addWorker,
    addSandbox,
  ])
    add(program, run);
  for (const command of commandsUnder(program)) command.option('--json', 'one JSON value on standard output, for machines');
  return program;
}

/** `--json` may stand before or after the command. */
function wantsJson(program: Command): boolean {
  return [program, ...commandsUnder(program)].some((command) => command.opts().json === true);
}

function commandsUnder(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...commandsUnder(each)]);
}
