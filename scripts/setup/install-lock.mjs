// One install at a time in one checkout. The lock names its holder, so that one left by a dead process can be cleared.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until this process holds the lock and returns it.
 * @param {string} path
 * @param {(holderPid: number) => void} onWait called once when somebody else holds it
 */
export async function takeLock(path, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    const mine = JSON.stringify({ pid: process.pid, started: startMark(process.pid) });
    if (createExclusively(path, mine)) return heldLock(path);
    const seen = readText(path);
    const holder = parseHolder(seen);
    if (holder !== undefined && isHolderAlive(holder)) {
      if (!told) onWait(holder.pid);
      told = true;
      await sleep(200);
    } else if (holder === undefined) {
      // Empty for the instant between another process creating and writing it. A crash in that instant leaves it so.
      await sleep(200);
      if (readText(path) === seen) clearStale(path, seen);
    } else {
      await stopLeftover(holder.worker);
      clearStale(path, seen);
    }
  }
}

function heldLock(path) {
  return {
    /** Names the process that does the work: it may outlive us, and then has to be stopped before the next one begins. */
    nameWorker(pid) {
      const worker = { pid, started: startMark(pid) };
      writeFileSync(path, JSON.stringify({ pid: process.pid, started: startMark(process.pid), worker }));
    },
    release() {
      rmSync(path, { force: true });
    },
  };
}

function createExclusively(path, content) {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the stale lock aside and puts it back when it turns out to be a new one that came in between. */
function clearStale(path, stale) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const moved = readText(aside);
  if (moved !== stale && moved !== undefined) createExclusively(path, moved);
  rmSync(aside, { force: true });
}

async function stopLeftover(worker) {
  if (worker === undefined || !isHolderAlive(worker)) return;
  signalGroup(worker.pid, 'SIGTERM');
  for (let waited = 0; isHolderAlive(worker); waited += 100) {
    if (waited === 5000) signalGroup(worker.pid, 'SIGKILL');
    await sleep(100);
  }
}

/** The whole group on Unix (npm starts further processes), the process itself elsewhere. */
export function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function isHolderAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const now = startMark(pid);
  return now !== 'gone' && (started === now || started === undefined || now === undefined);
}

/** When the process started, as the kernel counts it; a pid that was given out again has another mark. Linux only. */
function startMark(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'gone' : fields[19];
}

function parseHolder(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // empty or half-written
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // not there
  }
}
