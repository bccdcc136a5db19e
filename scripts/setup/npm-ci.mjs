// Runs `npm ci` with a progress line, and turns its failure into a message that says what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { signalGroup } from './install-lock.mjs';

/** An install that failed for a reason the user can mend. */
export class InstallError extends Error {}

// The user's own npm settings must not leave out what the two commands need.
const ARGUMENTS = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--engine-strict=false',
  '--loglevel=error',
  '--no-audit',
  '--no-fund',
];

/**
 * @param {string} root
 * @param {(pid: number) => void} onStart
 * @param {(line: string) => void} say
 */
export function runNpmCi(root, onStart, say) {
  const [command, ...first] = npmCommand();
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...ARGUMENTS], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: command.endsWith('.cmd'),
    });
    const stop = (signal) => {
      signalGroup(child.pid, 'SIGTERM');
      finish();
      reject(new InstallError(`The installation was stopped (${signal}). The next start begins it anew.`));
    };
    const progress = setInterval(() => say(`… still installing, ${seconds(started)} s`), 10_000);
    const finish = () => {
      clearInterval(progress);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, stop);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
    let output = '';
    const collect = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('spawn', () => onStart(child.pid));
    child.on('error', (error) => {
      finish();
      reject(new InstallError(`npm could not be started: ${error.message}\nInstall npm (it comes with Node) and try again.`));
    });
    child.on('close', (code, signal) => {
      finish();
      if (code === 0) resolve(seconds(started));
      else reject(new InstallError(explain(signal ?? `exit code ${code}`, output)));
    });
  });
}

/** The npm that started us, so that one version does all; else the one on the path. */
function npmCommand() {
  const starter = process.env.npm_execpath;
  if (starter !== undefined && basename(starter) === 'npm-cli.js' && existsSync(starter)) return [process.execPath, starter];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

const MENDS = [
  [
    /\bEUSAGE\b|in sync/,
    'package.json and package-lock.json disagree. Run `npm install` once and commit the new package-lock.json.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET/,
    'The package registry cannot be reached. Check the network, the proxy settings and `npm config get registry`, then try again.',
  ],
  [/\bE40[13]\b/, 'The package registry refused the request. Check the login and `npm config get registry`.'],
  [
    /EACCES|EPERM|EROFS/,
    'Files could not be written. Make node_modules and the npm cache (`npm config get cache`) writable for this user; an earlier start as another user may own them.',
  ],
  [/ENOSPC/, 'The disk is full. About 700 MB are needed.'],
  [/EINTEGRITY/, 'A downloaded package differs from the lockfile. Run `npm cache clean --force` and try again.'],
  [/EBADPLATFORM/, 'A package does not support this machine. Linux, macOS and Windows on x64 or arm64 are supported.'],
];

function explain(ending, output) {
  const mend = MENDS.find(([pattern]) => pattern.test(output))?.[1] ?? 'Run `npm ci` by hand to see everything it says.';
  const said = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^(npm error)?$|complete log of this run/.test(line))
    .slice(0, 10);
  return [`Installing the dependencies failed: npm ci ended with ${ending}.`, ...said.map((line) => `  ${line}`), mend].join(
    '\n',
  );
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
