import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { checkFolder } from '../../config/check-folder.ts';
import { isMadeSchema } from '../../config/json-schema.ts';
import { formatProblem } from '../../config/problem.ts';
import { counted } from '../../domain/counted.ts';
import { UserError } from '../../domain/user-error.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Answers, answersFrom, checkName } from '../init/answers.ts';
import { type NewFile, schemaFiles, starterFolder } from '../init/starter.ts';
import { writeNewFiles } from '../init/write.ts';
import type { RunCommand } from '../run-command.ts';

interface Flags {
  readonly name?: string;
  readonly market?: readonly string[];
  readonly account?: string;
  readonly host?: string;
  readonly yes?: boolean;
  readonly schemas?: boolean;
}

/** `init`: a commented starter folder for a new brand, which passes `check`. */
export function addInit(program: Command, run: RunCommand): void {
  program
    .command('init')
    .argument('[folder]', 'the folder to write', 'brand')
    .description('Write a commented starter folder for a new brand; asks on a terminal, overwrites nothing')
    .option('--name <name>', "the brand's name")
    .option('--market <ids...>', 'its markets, language and country, such as fr-FR de-DE')
    .option('--account <id>', 'its ad account, such as act_100200')
    .option('--host <host>', 'the host of its landing pages, such as www.example.com')
    .option('--yes', 'ask nothing; a marked placeholder stands for what is not said')
    .option('--schemas', 'write only the JSON Schemas by which editors help, over older ones of ours')
    .action((given: string, flags: Flags) =>
      run(async ({ json }) => {
        const folder = resolve(given);
        if (flags.schemas) return finish(folder, schemaFiles(), json, isMadeSchema);
        const answers = await answersOf(flags, json);
        if (answers === null) {
          process.stdout.write('Nothing was written.\n');
          return EXIT.no;
        }
        return finish(folder, starterFolder(answers, nameOf(folder)), json);
      }),
    );
}

/** From the flags, and on a terminal from the user. `null` when the user gave up. */
async function answersOf(flags: Flags, json: boolean): Promise<Answers | null> {
  const given = answersFrom(flags);
  if (flags.yes || (given.name !== null && given.markets !== null && !process.stdin.isTTY)) return given;
  if (json || !process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UserError(
      'There is no terminal to ask on. Give --name and --market, such as --market fr-FR de-DE; or --yes for placeholders.',
    );
  }
  // Loaded when somebody is there to be asked.
  const { askFor } = await import('../init/ask.ts');
  return askFor(given, { input: process.stdin, output: process.stdout });
}

/** The folder's own name stands for the brand's until somebody says it. */
function nameOf(folder: string): string {
  const name = basename(folder);
  return checkName(name) === undefined ? name : 'Change me';
}

function finish(folder: string, files: readonly NewFile[], json: boolean, overwrites?: (path: string) => boolean): ExitCode {
  writeNewFiles(folder, files, overwrites);
  const written = files.map(({ name }) => name);
  const { mistakes, warnings } = checkFolder(folder, Date.now());
  const whole = written.includes('brand.yaml');
  if (whole && mistakes.length > 0) {
    throw new Error(`The starter folder has mistakes of its own:\n${mistakes.map(formatProblem).join('\n')}`);
  }
  const placeholders = warnings.filter(({ warning }) => warning === 'placeholder').length;
  if (json) process.stdout.write(`${JSON.stringify({ folder, written, placeholders })}\n`);
  else process.stdout.write(`${[`Written into ${folder}:`, ...written.map((name) => `  ${name}`)].join('\n')}\n`);
  if (!json && whole) process.stdout.write(nextSteps(folder, placeholders));
  return EXIT.done;
}

function nextSteps(folder: string, placeholders: number): string {
  return `
${counted(placeholders, 'placeholder')} to replace with your own values. No text is published until somebody has approved it.
  first-comment check ${folder}      shows them, and whatever else is wrong
  first-comment preview ${folder}    shows the comments as people would see them
`;
}
