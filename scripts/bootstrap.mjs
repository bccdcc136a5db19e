// Installs the dependencies when they are missing or stale. Runs before `npm start`, `npm test` and `npm run bench`.
// Uses nothing but Node itself (18 or newer) and says nothing when there is nothing to do. Talks on stderr only, because
// stdout belongs to the command that follows.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock } from './setup/install-lock.mjs';
import { forgetInstall, isInstalled, writeStamp } from './setup/install-state.mjs';
import { InstallError, runNpmCi } from './setup/npm-ci.mjs';

const ROOT = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

/** Returns when everything is installed. Several may call it at once: one installs, the others wait. */
export async function ensureInstalled(root = ROOT) {
  if (isInstalled(root)) return;
  const lock = await takeLock(join(root, '.first-comment', 'install.lock'), (pid) =>
    say(`Another start (process ${pid}) is installing the dependencies; waiting for it.`),
  );
  try {
    if (isInstalled(root)) return;
    say(
      existsSync(join(root, 'node_modules'))
        ? 'Installing dependencies anew: what is there is stale or incomplete.'
        : 'Installing dependencies (once, about a minute).',
    );
    forgetInstall(root);
    const seconds = await runNpmCi(root, lock.nameWorker, say);
    writeStamp(root);
    say(`Dependencies installed in ${seconds} s.`);
  } finally {
    lock.release();
  }
}

/** Ends the process with a message instead of a stack when the user can mend it. */
export async function ensureInstalledOrExit() {
  try {
    await ensureInstalled();
  } catch (error) {
    if (!(error instanceof InstallError) && error.code === undefined) throw error;
    say(error.message);
    process.exit(2);
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await ensureInstalledOrExit();
