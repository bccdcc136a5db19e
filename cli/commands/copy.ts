import type { Command } from 'commander';
import { listCopy } from '../../config/copy-list.ts';
import { formatProblem } from '../../config/problem.ts';
import { UserError } from '../../domain/user-error.ts';
import { EXIT } from '../exit.ts';
import type { RunCommand } from '../run-command.ts';
import { table } from '../table.ts';

/** `copy list`: every text of the brand folder with the hash that its approval has to name. */
export function addCopy(program: Command, run: RunCommand): void {
  program
    .command('copy')
    .description('The texts of the brand folder')
    .command('list')
    .description('Each text with its hash and who approved it; also while approvals do not fit yet')
    .action(() =>
      run(async ({ settings, json }) => {
        const { texts, problems } = listCopy(settings.brandFolder);
        const [missing] = problems.filter(({ place }) => place === '');
        if (missing) throw new UserError(formatProblem(missing));
        const rows = texts.map(({ pattern, locale, capability, version, hash, approvedBy, changedSince }) => [
          pattern,
          locale,
          capability,
          String(version),
          hash,
          approvedBy ?? (changedSince === null ? 'nobody' : `nobody: changed since ${changedSince} approved it`),
        ]);
        const shown = table(['pattern', 'locale', 'capability', 'version', 'hash', 'approved by'], rows);
        process.stdout.write(json ? `${JSON.stringify(texts)}\n` : `${shown}\n`);
        if (problems.length === 0) return EXIT.done;
        const told = problems.map(formatProblem).join('\n');
        throw new UserError(`What could not be read of ${settings.brandFolder} is not listed:\n${told}`);
      }),
    );
}
