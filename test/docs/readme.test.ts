import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { formatAd } from '../../domain/ad.ts';
import { commentNewAd } from '../../examples/pipeline.ts';
import { exampleNumbers } from '../cli/example-numbers.ts';
import { stageForThisFile } from '../helpers/stage.ts';
import { temporalAddress } from '../helpers/temporal.ts';

const ROOT = join(import.meta.dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const stage = stageForThisFile();

describe('the README', () => {
  test('shows the pipeline example as it stands in examples/', () => {
    expect(readme).toContain(`\`\`\`ts\n${readFileSync(join(ROOT, 'examples/pipeline.ts'), 'utf8')}\`\`\``);
  });

  test('shows a pipeline example that puts a comment under an ad', async () => {
    const { ad } = await stage().newAd();
    const { namespace } = stage();
    const said = await commentNewAd(formatAd(ad), { ...temporalAddress(), namespace });
    expect(said).toBe(`${formatAd(ad)}: visible – visible, place 1 of 1 in the thread`);
  });

  test("tells what the example comes to, as the example's own ads say it", () => {
    const { runs, comments } = exampleNumbers(join(ROOT, 'examples/brightloom'));
    expect(readme).toContain(`it runs the ${runs} ads of the example`);
    const end = `${runs} of ${runs} runs ended as the example expects; ${comments} comments published by these runs, ${comments} stand`;
    expect(readme).toContain(end);
    const [, table = ''] = /\noutcome +runs\n([^`]*?)\n\n/.exec(readme) ?? [];
    const counted = [...table.matchAll(/^[a-z-]+ +(\d+)$/gm)].map(([, count]) => Number(count));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(runs);
  });

  test('lists every command, and none that is not there', () => {
    const commands = createProgram(() => undefined).commands.map((command) => command.name());
    const listed = [...readme.matchAll(/^\| `first-comment ([a-z]+)/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual(commands.sort());
  });
});
