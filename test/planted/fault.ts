/** A change that makes the product wrong, and the tests that must turn red for it. */
export interface Fault {
  readonly id: string;
  /** What is broken, in the words of the design. */
  readonly what: string;
  readonly edits: readonly Edit[];
  /** Test files, and where a file has much else, which of its tests. As few as show the fault: they run for this fault alone. */
  readonly tests: readonly string[];
  /** A part of the tests' names. */
  readonly named?: string;
}

export interface Edit {
  readonly file: string;
  /** Must occur exactly once, else the fault no longer applies. */
  readonly find: string;
  readonly replace: string;
}
