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
  stop(): Promise<void>;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
}

/** The child's first word. */
const LISTENING = 'listening';

/** Its word that it is ready, which it may give when it has told other things already. */
interface SaysReady<Ready> {
  readonly ready: Ready;
}

/** Hears what a child tells besides, also before it is ready; `goOn` lets it go on where it stopped itself, as `kill -CONT` does. */
export type Listener = (told: unknown, goOn: () => void) => void;

/** Starts `file` and hands it `input` over the IPC channel: secrets stand in no command line and no environment. */
export async function startChild<Input extends object, Ready>(
  file: string,
  input: Input,
  hear: Listener = () => undefined,
): Promise<Child<Ready>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // What the program itself was started with watches its own parent over this very channel.
    execArgv: [],
  });
  const ended = once(child, 'exit');
  const early = ended.then(([code]) => endedEarly(file, code));
  // A message that comes while the child still loads its modules is lost: it says first that it listens.
  await Promise.race([once(child, 'message'), early]);
  const goOn = () => void child.kill('SIGCONT');
  const readiness = new Promise<Ready>((resolve) => {
    child.on('message', (message) => (isReady<Ready>(message) ? resolve(message.ready) : hear(message, goOn)));
  });
  child.send(input);
  const ready = await Promise.race([readiness, early]);
  return {
    pid: pidOf(child, file),
    ready,
    ended: ended.then(() => undefined),
    stop: () => stop(child, ended),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function isReady<Ready>(message: unknown): message is SaysReady<Ready> {
  return typeof message === 'object' && message !== null && 'ready' in message;
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
  process.send?.({ ready: running.ready } satisfies SaysReady<Ready>);
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
