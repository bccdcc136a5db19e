/** A worker process: what runs in it ends with it. Restarted, it is another one. */
export interface Process {
  alive: boolean;
}

export function newProcess(): Process {
  return { alive: true };
}

/** What a caller gets from a process that is gone: no answer, ever. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
