/** One of several comments of ours on one surface, as far as it decides which of them stays (protocol j). */
export interface Rival {
  readonly commentId: string;
  readonly hidden: boolean;
  /** Number of replies under it. */
  readonly replies: number;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** In the order of their weight: each decides only where those before it do not. */
const RULES: readonly { readonly why: string; readonly order: (one: Rival, other: Rival) => number }[] = [
  { why: 'people can see it', order: (one, other) => Number(one.hidden) - Number(other.hidden) },
  { why: 'it has replies', order: (one, other) => Number(other.replies > 0) - Number(one.replies > 0) },
  { why: 'it was there first', order: (one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt) },
  // Times have a resolution of one second; ids of one surface count up.
  { why: 'its id is the smaller one', order: (one, other) => compareIds(one.commentId, other.commentId) },
];

/** Which of them stays: the visible one before a hidden one, then the one with replies, then the earlier, then the smaller id. */
export function survivorOf<T extends Rival>(rivals: readonly [T, ...T[]]): T {
  return rivals.reduce((best, rival) => (compare(rival, best) < 0 ? rival : best));
}

/** Why the first stays and not the second, in words. */
export function whyStays(survivor: Rival, other: Rival): string {
  return RULES.find((rule) => rule.order(survivor, other) < 0)?.why ?? 'they are the same comment';
}

function compare(one: Rival, other: Rival): number {
  for (const rule of RULES) {
    const order = rule.order(one, other);
    if (order !== 0) return order;
  }
  return 0;
}

/** By number where they are numbers: a longer run of digits is a greater one. */
function compareIds(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : Number(one > other);
}
