import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessMark } from './process-record.ts';

const GRACE_MS = 10_000;
const POLL_MS = 50;

/** Ends a process that we started in a group of its own, with all its children: politely, then by force. Returns when it is gone. */
export async function stopProcessGroup(mark: ProcessMark): Promise<void> {
  const started = performance.now();
  let signal: NodeJS.Signals = 'SIGTERM';
  if (isRunning(mark)) send(mark.pid, signal);
  while (isRunning(mark)) {
    await sleep(POLL_MS);
    if (signal === 'SIGTERM' && performance.now() - started > GRACE_MS) {
      signal = 'SIGKILL';
      send(mark.pid, signal);
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    // It ended by itself in this very moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
