const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const AGO = /^(?<count>\d{1,6})(?<unit>[smhd]) ago$/;

/** Whether `text` is a time that a world may hold: ISO 8601, or `90s ago`, `45m ago`, `3h ago`, `12d ago`. */
export function isWorldTime(text: string): boolean {
  return AGO.test(text) || (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)));
}

/** Milliseconds since 1970 of a world's time; `… ago` counts back from `anchor`. */
export function worldTime(text: string, anchor: number): number {
  const groups = AGO.exec(text)?.groups;
  if (!groups) return Date.parse(text);
  return anchor - Number(groups.count) * UNITS[groups.unit as keyof typeof UNITS];
}

/** Graph's way of writing a moment: whole seconds, offset without a colon. */
export function graphTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;
}

/** The calendar day (`2026-11-20`) of a moment in an IANA time zone. */
export function dayIn(timeZone: string, milliseconds: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(milliseconds);
}

/** All days from `since` to `until`, both included. */
export function daysBetween(since: string, until: string): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(since); at <= Date.parse(until); at += UNITS.d) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
