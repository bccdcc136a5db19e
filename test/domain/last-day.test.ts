import { describe, expect, test } from 'vitest';
import { isOver, lastDaysOf } from '../../domain/copy/last-day.ts';

describe('a last day', () => {
  test.each([
    ['Germany, an hour east of UTC', 'DE', '2026-12-31T22:59:59Z', '2026-12-31T23:00:00Z'],
    ['Portugal, whose Azores are an hour behind UTC', 'PT', '2027-01-01T00:59:59Z', '2027-01-01T01:00:00Z'],
    ['the United States, with Adak and Honolulu', 'US', '2027-01-01T09:59:59Z', '2027-01-01T10:00:00Z'],
    ['a country without known time zones, at UTC-12', 'XX', '2027-01-01T11:59:59Z', '2027-01-01T12:00:00Z'],
  ])('ends where it ends last in %s', (_, country, before, after) => {
    expect(isOver('2026-12-31', country, Date.parse(before))).toBe(false);
    expect(isOver('2026-12-31', country, Date.parse(after))).toBe(true);
  });

  test('is a value of type date that the text names, and none that it leaves out', () => {
    const values = {
      until: { type: 'date', day: '2026-12-31' },
      born: { type: 'date', day: '2019-01-01' },
      days: { type: 'text', text: '30' },
    } as const;
    expect(lastDaysOf({ source: 'Bis {$until}, {$days} Tage.' }, { values })).toEqual([{ slot: 'until', day: '2026-12-31' }]);
    expect(lastDaysOf({ source: 'Bis {$until' }, { values })).toEqual([]);
  });
});
