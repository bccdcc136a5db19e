import type { Market, SlotValue } from '../brand.ts';

const DECIMAL = /^\d{1,12}(\.\d{1,4})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `text` is a decimal amount such as `149.00`. */
export function isAmount(text: string): text is `${number}` {
  return DECIMAL.test(text);
}

/** Whether `text` is a calendar day that exists, such as `2026-12-31`. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * A slot's value as people of the market write it: money in the market's currency, dates in words. Follows the runtime's
 * locale data, so the result is stored and published as it is, never made twice. Throws a `RangeError` for a value that
 * is not of its type.
 */
export function formatSlot(value: SlotValue, market: Pick<Market, 'id' | 'currency'>): string {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'money':
      if (!isAmount(value.amount)) throw new RangeError(`"${value.amount}" is not an amount; write it as 149.00`);
      return new Intl.NumberFormat(market.id, { style: 'currency', currency: market.currency }).format(value.amount);
    case 'date':
      if (!isDay(value.day)) throw new RangeError(`"${value.day}" is not a calendar day; write it as 2026-12-31`);
      return new Intl.DateTimeFormat(market.id, { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(`${value.day}T00:00:00Z`),
      );
  }
}
