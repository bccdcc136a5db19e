#!/usr/bin/env node
// The `first-comment` command: runs cli/main.ts with a Node that is new enough.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runEntry } from '../scripts/setup/runtime.mjs';

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
if (!existsSync(join(root, 'node_modules'))) {
  process.stderr.write(`The dependencies are not installed. Run \`npm ci\` in ${root} first.\n`);
  process.exit(2);
}
runEntry({ root, entry: 'cli/main.ts', args: process.argv.slice(2) });
