import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program in a process of its own, so that its CPU time is counted apart and it can be killed alone. */
export interface Child<Ready> {
  readonly pid: number;
  /** What it told once it was ready. */
  readonly ready: Ready;
  /** Settles when the process is gone, however it went. */
  readonly ended: Promise<void>;
  /** What it tells after it was ready. */
  onTold(listener: (told: unknown) => void): void;
  stop(): Promise<void>;
  /** Lets it go on where it stopped itself, as `kill -CONT` does. */
  goOn(): void;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
}

/** The child's first word. */
const LISTENING = 'listening';

/** Starts `file` and hands it `input` over the IPC channel: secrets stand in no command line and no environment. */
export async function startChild<Input extends object, Ready>(file: string, input: Input): Promise<Child<Ready>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // What the program itself was started with watches its own parent over this very channel.
    execArgv: [],
  });
  const ended = once(child, 'exit');
  const heard = () => Promise.race([once(child, 'message'), ended.then(([code]) => endedEarly(file, code))]);
  // A message that comes while the child still loads its modules is lost: it says first that it listens.
  await heard();
  child.send(input);
  const [ready] = await heard();
  return {
    pid: pidOf(child, file),
    ready: ready as Ready,
    ended: ended.then(() => undefined),
    onTold: (listener) => void child.on('message', listener),
    stop: () => stop(child, ended),
    goOn: () => void child.kill('SIGCONT'),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The other side: does `start` with the input, tells what it answers, and stops when the parent asks or is gone. */
export async function serveAsChild<Input, Ready extends object>(
  start: (input: Input) => Promise<{ readonly ready: Ready; stop(): Promise<void> }>,
): Promise<void> {
  // Ctrl-C reaches every process of the terminal; the parent decides when this one ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const asked = once(process, 'message');
  process.send?.(LISTENING);
  const [input] = await asked;
  const gone = once(process, 'disconnect');
  const running = await start(input as Input);
  process.send?.(running.ready);
  await gone;
  await running.stop();
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect();
  // One that stands still would never see that its parent is gone.
  child.kill('SIGCONT');
  await ended;
}

function endedEarly(file: string, code: unknown): never {
  throw new Error(`${file} ended with exit code ${code} before it was ready; its message stands above`);
}

function pidOf(child: ChildProcess, file: string): number {
  if (child.pid === undefined) throw new Error(`${file} has no process`);
  return child.pid;
}
