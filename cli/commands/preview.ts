import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { inspectBrand } from '../../config/brand.ts';
import { checkFolder } from '../../config/check-folder.ts';
import { suggest } from '../../config/did-you-mean.ts';
import { foldText, lengthsOf } from '../../domain/fold.ts';
import { type PreviewedComment, previewComments } from '../../domain/preview.ts';
import { SURFACE_KINDS } from '../../domain/surface.ts';
import { UserError } from '../../domain/user-error.ts';
import { previewPage } from '../../report/preview/page.ts';
import { EXIT } from '../exit.ts';
import { previewText } from '../folder/preview-text.ts';
import { findingsText } from '../folder/print-findings.ts';
import type { RunCommand } from '../run-command.ts';
import { folderForMachines } from './check.ts';

interface Flags {
  readonly pattern?: string;
  readonly market?: string;
  readonly surface?: string;
  readonly html?: string;
}

/** `preview`: every comment that the folder can give, as people would see it. */
export function addPreview(program: Command, run: RunCommand): void {
  program
    .command('preview')
    .argument('[folder]', 'the brand folder; FIRST_COMMENT_BRAND when left out')
    .description('Show every comment that the brand folder gives: pattern by market by surface, with the fold of a phone')
    .option('--pattern <id>', 'only this pattern')
    .option('--market <id>', 'only this market')
    .option('--surface <kind>', `only this kind of surface: ${SURFACE_KINDS.join(', ')}`)
    .option('--html <file>', 'write it as one page for a browser')
    .action((given: string | undefined, flags: Flags) =>
      run(async ({ settings, json }) => {
        const folder = given === undefined ? settings.brandFolder : resolve(given);
        const now = Date.now();
        const { brand, sketch } = inspectBrand(folder);
        const checked = checkFolder(folder, now);
        const code = brand ? EXIT.done : EXIT.usersMistake;
        // What is wrong comes first; what can be looked at all the same, such as a text that was just edited, comes below.
        if (!brand && !json) {
          const told = sketch ? { ...checked, warnings: [] } : checked;
          process.stdout.write(`${findingsText(folder, told, process.stdout.isTTY)}\n${sketch ? '\n' : ''}`);
        }
        if (!sketch) {
          if (json) process.stdout.write(`${JSON.stringify(folderForMachines(folder, checked))}\n`);
          return code;
        }
        const comments = chosen(previewComments(sketch, now), flags);
        if (flags.html !== undefined) writePage(resolve(flags.html), previewPage(sketch, comments));
        if (json) {
          const { mistakes } = folderForMachines(folder, checked);
          process.stdout.write(`${JSON.stringify({ folder, comments: comments.map(forMachines), mistakes })}\n`);
        } else if (flags.html === undefined)
          process.stdout.write(`${previewText(comments, process.stdout.isTTY, process.stdout.columns)}\n`);
        else process.stdout.write(`${comments.length} comments written to ${resolve(flags.html)}; open it in a browser.\n`);
        return code;
      }),
    );
}

/** @throws UserError for a pattern, market or surface that is not there, with the one that may be meant */
function chosen(comments: readonly PreviewedComment[], { pattern, market, surface }: Flags): readonly PreviewedComment[] {
  known(
    'pattern',
    pattern,
    comments.map(({ patternId }) => patternId),
  );
  known(
    'market',
    market,
    comments.map(({ marketId }) => marketId),
  );
  known('surface', surface, SURFACE_KINDS);
  return comments.filter(
    (each) =>
      (pattern === undefined || each.patternId === pattern) &&
      (market === undefined || each.marketId === market) &&
      (surface === undefined || each.kind === surface),
  );
}

function known(what: string, wanted: string | undefined, there: readonly string[]): void {
  if (wanted === undefined || there.includes(wanted)) return;
  const mend = suggest(wanted, [...new Set(there)]);
  throw new UserError(`There is no ${what} ${JSON.stringify(wanted)}: ${mend}.`);
}

function writePage(path: string, page: string): void {
  try {
    writeFileSync(path, page);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(`The page cannot be written to ${path} (${code}). Name a file in a folder that you may write to.`);
  }
}

/** Keys are stable: pipelines read them. */
function forMachines({ patternId, marketId, kind, speaker, proposal, copy, approval }: PreviewedComment) {
  const shown =
    'problem' in proposal
      ? { problem: proposal.problem }
      : {
          text: proposal.text,
          link: proposal.link,
          ...foldText(proposal.text, kind),
          lengthWithoutLink: lengthsOf(proposal).withoutLink,
        };
  return {
    pattern: patternId,
    market: marketId,
    surface: kind,
    speaker: speaker === null ? null : { id: speaker.identityId, name: speaker.name },
    ...shown,
    approval,
    place: copy?.place ?? null,
    version: copy?.version ?? null,
  };
}
