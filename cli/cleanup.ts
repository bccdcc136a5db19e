/** Things to stop at the end, the last started first. One that fails to stop does not keep the others running. */
export interface Cleanup {
  add(stop: () => Promise<void>): void;
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const stops: (() => Promise<void>)[] = [];
  return {
    add: (stop) => {
      stops.push(stop);
    },
    async run() {
      const failures: unknown[] = [];
      for (let stop = stops.pop(); stop; stop = stops.pop()) {
        try {
          await stop();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0)
        throw new AggregateError(
          failures,
          `${failures.length} thing(s) could not be stopped: ${failures.map(String).join('; ')}`,
        );
    },
  };
}
