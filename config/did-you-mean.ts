/** No word that is known anywhere comes near it. */
const LONGEST = 100;

/** The known word that is nearest to a mistyped one; `null` when none is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > LONGEST) return null;
  const allowed = Math.max(2, Math.floor(word.length / 3));
  const ranked = known
    .map((each) => ({ each, distance: editDistance(word.toLowerCase(), each.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  return best && best.distance <= allowed ? best.each : null;
}

/** The mend for an unknown word: the near one, else the list of known words. */
export function suggest(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== null) return `perhaps "${near}" is meant`;
  return known.length === 0 ? 'remove it' : `known here: ${known.join(', ')}`;
}

/** Single letters inserted, dropped or replaced between two words. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
