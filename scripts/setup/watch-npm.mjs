// npm starts us through a shell: npm → sh → this process. A `kill -9` of npm leaves both behind, unseen and still printing.
import { readFileSync } from 'node:fs';

/** Calls `onGone` once when the npm that started this process is no more. Does nothing when npm did not start it. */
export function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const first = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === first) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

/** Parent and, where the kernel tells, grandparent: an orphan is given to another parent at once. */
function ancestors() {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return 'unknown'; // not Linux
  }
}
