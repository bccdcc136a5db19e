import { UserError } from '../domain/user-error.ts';

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/**
 * A time as people write it, in ISO 8601 and UTC; a day alone begins at midnight UTC.
 * @throws UserError naming the option, and saying how a time is written
 */
export function momentOf(option: string, text: string): string {
  const moment = MOMENT.test(text) ? new Date(text) : null;
  if (moment !== null && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new UserError(
    `"${text}" is no time for ${option}; write it with its zone, for example 2026-11-27T10:00Z. Nothing was done.`,
  );
}
