/** Tells what is being brought up, one line per thing, with the seconds it took. Always on standard error. */
export interface Progress {
  /** Runs one step under a name; its sentence ends the line. */
  step<T>(name: string, work: (say: (text: string) => void) => Promise<T>, sentence: (result: T) => string): Promise<T>;
}

const NAME_WIDTH = 10;

export function createProgress(write: (text: string) => void = (text) => process.stderr.write(text)): Progress {
  const label = (name: string) => name.padEnd(NAME_WIDTH);
  return {
    async step(name, work, sentence) {
      const began = performance.now();
      const result = await work((text) => write(`  … ${label(name)} ${text}\n`));
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      write(`  ✓ ${label(name)} ${sentence(result)} (${seconds} s)\n`);
      return result;
    },
  };
}
