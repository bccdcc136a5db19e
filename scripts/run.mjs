// `node scripts/run.mjs ENTRY.ts [ARGUMENTS]`: runs a TypeScript entry with a Node that is new enough, also where the
// host's own Node is older. npm skips `prestart` and its like when scripts are switched off, so it looks at the
// dependencies once more.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalledOrExit } from './bootstrap.mjs';
import { runEntry } from './setup/runtime.mjs';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  process.stderr.write('Which file? Usage: node scripts/run.mjs ENTRY.ts [ARGUMENTS]\n');
  process.exit(2);
}
await ensureInstalledOrExit();
runEntry({ root: dirname(dirname(fileURLToPath(import.meta.url))), entry, args });
