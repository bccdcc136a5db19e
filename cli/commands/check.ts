import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type CheckedFolder, checkFolder } from '../../config/check-folder.ts';
import { type Problem, splitPlace } from '../../config/problem.ts';
import { EXIT } from '../exit.ts';
import { findingsText } from '../folder/print-findings.ts';
import type { RunCommand } from '../run-command.ts';

/** `check`: everything that is wrong or odd in a brand folder, with its place and what to do. */
export function addCheck(program: Command, run: RunCommand): void {
  program
    .command('check')
    .argument('[folder]', 'the brand folder; FIRST_COMMENT_BRAND when left out')
    .description('Look at the whole brand folder: mistakes with their places and mends, what deserves a look, what it holds')
    .action((given: string | undefined) =>
      run(async ({ settings, json }) => {
        const folder = given === undefined ? settings.brandFolder : resolve(given);
        const checked = checkFolder(folder, Date.now());
        const shown = json
          ? JSON.stringify(folderForMachines(folder, checked))
          : findingsText(folder, checked, process.stdout.isTTY);
        process.stdout.write(`${shown}\n`);
        return checked.mistakes.length === 0 ? EXIT.done : EXIT.usersMistake;
      }),
    );
}

/** What `check --json` prints. Keys are stable: pipelines read them. */
export function folderForMachines(folder: string, { mistakes, warnings, brand, counts, notApproved }: CheckedFolder) {
  const finding = ({ place, path, problem, mend }: Problem) => ({ ...splitPlace(place), path, problem, mend });
  return {
    folder,
    ok: mistakes.length === 0,
    brand,
    counts,
    notApproved,
    mistakes: mistakes.map(finding),
    warnings: warnings.map((each) => ({ warning: each.warning, ...finding(each) })),
  };
}
