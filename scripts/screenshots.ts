// `npm run screenshots`: brings everything up in a folder of its own, runs the example and takes the pictures of the
// README into docs/images. Needs a Chromium: the one that CHROMIUM_PATH names, else /usr/bin/chromium.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { takePreview } from './screenshots/preview.ts';
import { startStack } from './screenshots/stack.ts';
import { takeAll } from './screenshots/take.ts';

const FOLDER = join(dirname(import.meta.dirname), 'docs', 'images');
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

async function main(): Promise<void> {
  if (!existsSync(chromium)) {
    process.stderr.write(`There is no Chromium at ${chromium}. Install the package "chromium", or name one in CHROMIUM_PATH.\n`);
    process.exitCode = 2;
    return;
  }
  mkdirSync(FOLDER, { recursive: true });
  const stack = await startStack();
  try {
    for (const file of [...(await takePreview(FOLDER, chromium)), ...(await takeAll(stack, FOLDER, chromium))])
      process.stdout.write(`docs/images/${file}  ${Math.round(statSync(join(FOLDER, file)).size / 1_000)} kB\n`);
  } finally {
    await stack.stop();
  }
}

await main();
