// Finds a Node that can run TypeScript as it stands, and runs a file with it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { watchNpm } from './watch-npm.mjs';

const LEAST = [22, 19];

/** The Node that runs this, when it is new enough; else the one installed with the dependencies; else undefined. */
export function findRuntime(root) {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const pinned = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  return existsSync(pinned) ? pinned : undefined;
}

export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

export function noRuntimeMessage(root) {
  return [
    `first-comment needs Node ${LEAST.join('.')} or newer; this is ${process.versions.node}, and no newer one is installed beside it.`,
    existsSync(join(root, 'node_modules'))
      ? `There is no pinned Node for ${process.platform}-${process.arch} among the dependencies.`
      : 'The dependencies, which bring one for Linux and Windows, are not installed: run `npm ci`.',
    'Install a newer Node from https://nodejs.org (24 is what we test on), for example with `nvm install 24`.',
  ].join('\n');
}

/**
 * Runs the entry to its end, hands signals on, and ends this process as the entry ended.
 * @param {{root: string, entry: string, args: readonly string[]}} what
 */
export function runEntry({ root, entry, args }) {
  const runtime = findRuntime(root);
  if (runtime === undefined) {
    process.stderr.write(`${noRuntimeMessage(root)}\n`);
    process.exit(2);
  }
  const watch = new URL('./end-with-parent.mjs', import.meta.url).href;
  const child = spawn(runtime, ['--disable-warning=ExperimentalWarning', '--import', watch, join(root, entry), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A Ctrl-C reaches the whole foreground group at once; handing it on would make it two.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  watchNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`${runtime} could not be started: ${error.message}\n`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
