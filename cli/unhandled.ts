/**
 * Rejects with the first rejection or exception of this process that nobody handled, instead of ending the process at once:
 * what was started has to be stopped first. To be raced against the program's work.
 */
export function firstUnhandled(): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    process.on('unhandledRejection', reject);
    process.on('uncaughtException', reject);
  });
  // Nobody may be waiting for it when it comes.
  failure.catch(() => undefined);
  return failure;
}
