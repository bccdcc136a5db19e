import type { Command } from 'commander';
import { UserError } from '../../domain/user-error.ts';
import { adFrom, brandsAd } from '../context.ts';
import { EXIT } from '../exit.ts';
import { storyText } from '../explain.ts';
import type { RunCommand } from '../run-command.ts';

/** `explain AD`: the whole story from the ledger, also after Temporal has forgotten the run. */
export function addExplain(program: Command, run: RunCommand): void {
  program
    .command('explain')
    .description('Tell the whole story of an ad from the ledger: facts, verdicts, attempts, what came back')
    .argument('<ad>', 'an ad, written meta/act_100200/23851234')
    .action((text: string) =>
      run(async (context) => {
        const ad = adFrom(text);
        const story = await (await context.ledger()).readStory(ad);
        if (story.runs.length === 0) {
          // Of an account that is not the brand's a run would be refused, so nobody is sent there.
          brandsAd(text, context.brand());
          throw new UserError(`The ledger has never seen ${text}. Start a run with "first-comment run ${text}".`);
        }
        process.stdout.write(context.json ? `${JSON.stringify(story)}\n` : `${storyText(story)}\n`);
        return EXIT.done;
      }),
    );
}
