/** Days of a lookback, both inclusive, as `2026-11-20`. */
export interface Lookback {
  readonly since: string;
  readonly until: string;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The last `days` whole days before the day of `at` (ISO 8601), as the clock of `timeZone` (IANA) counts days. */
export function lookbackBefore(at: string, timeZone: string, days: number): Lookback {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  );
  const midnight = Date.parse(`${today}T00:00:00Z`);
  const day = (back: number) => new Date(midnight - back * DAY_MS).toISOString().slice(0, 10);
  return { since: day(days), until: day(1) };
}
