import type { Later } from './exchange.ts';

/** Timers that all end at once when the sandbox closes. */
export class Timers implements Later {
  readonly #waiting = new Map<NodeJS.Timeout, () => void>();

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(timer);
        resolve();
      }, ms);
      this.#waiting.set(timer, resolve);
    });
  }

  after(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      action();
    }, ms);
    this.#waiting.set(timer, () => undefined);
  }

  /** Ends every wait now; actions that were to come later never happen. */
  close(): void {
    for (const [timer, end] of this.#waiting) {
      clearTimeout(timer);
      end();
    }
    this.#waiting.clear();
  }
}
