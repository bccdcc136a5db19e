/** One wish to stop may arrive twice: sent to the whole process group, and handed on by the process that started us. */
const SAME_WISH_MS = 1_000;

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, for those who cannot wait. */
export function stopRequested(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (askedAt !== null && performance.now() - askedAt > SAME_WISH_MS) process.exit(130);
        askedAt ??= performance.now();
        resolve(signal);
      });
    }
  });
}
