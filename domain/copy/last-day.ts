import type { Brand, Copy, Market } from '../brand.ts';
import { readCopySource } from './source.ts';

/** A day that a text names as the last one, and where in the market's values it stands. */
export interface LastDay {
  readonly slot: string;
  /** ISO 8601 calendar day. */
  readonly day: string;
}

/** Where a day ends last of all: used when nobody knows the time zones of a country. */
export const LATEST_ZONE = 'Etc/GMT+12';

/** The days of a market that a text names. A source that cannot be read names none; it cannot be rendered either. */
export function lastDaysOf({ source }: Pick<Copy, 'source'>, { values }: Pick<Market, 'values'>): readonly LastDay[] {
  const read = readCopySource(source);
  if (!read.ok) return [];
  return read.variables.flatMap((slot): readonly LastDay[] => {
    const value = Object.hasOwn(values, slot) ? values[slot] : undefined;
    return value?.type === 'date' ? [{ slot, day: value.day }] : [];
  });
}

/** As `lastDaysOf`, for the text of the folder that a proposal was made from; none when the folder holds no such text. */
export function lastDaysIn(
  { copy, markets }: Pick<Brand, 'copy' | 'markets'>,
  wanted: Pick<Copy, 'patternId' | 'locale' | 'capability' | 'hash'>,
): readonly LastDay[] {
  const text = copy.find(
    ({ patternId, locale, capability, hash }) =>
      patternId === wanted.patternId && locale === wanted.locale && capability === wanted.capability && hash === wanted.hash,
  );
  const market = markets.find(({ id }) => id === wanted.locale);
  return text && market ? lastDaysOf(text, market) : [];
}

/**
 * Whether a day has ended everywhere in a country (ISO 3166, two letters) at a moment (milliseconds since 1970). Time
 * zones come from the runtime's locale data; for a country without any the day ends where it ends last (UTC-12).
 */
export function isOver(day: string, country: string, at: number): boolean {
  return zonesOf(country).every((zone) => dayIn(zone, at) > day);
}

/** IANA names of a country's time zones; the latest there is when nobody knows them. */
export function zonesOf(country: string): readonly string[] {
  // Newer runtimes have the function, older ones the property.
  const locale: Intl.Locale & { getTimeZones?: () => readonly string[]; timeZones?: readonly string[] } = new Intl.Locale(
    `und-${country}`,
  );
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length === 0 ? [LATEST_ZONE] : zones;
}

function dayIn(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    at,
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
