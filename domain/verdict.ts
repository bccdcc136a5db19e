/** A rule's answer: kept, worth a note, for a person to decide, or no. */
export type Verdict = 'pass' | 'note' | 'hold' | 'block';
/** The verdict that a breach of a rule yields. */
export type Severity = Exclude<Verdict, 'pass'>;
