import type { UsageReport } from '../platform.ts';
import type { HttpHeaders } from './exchange.ts';

/** Whom the headers that name nobody speak of. */
export interface UsageSubjects {
  readonly appId: string;
  readonly accountId: string;
  readonly pageId: string | null;
}

/** No platform wait is longer than a day; more is a broken header. */
const LONGEST_WAIT_MS = 24 * 3600_000;

/** Reads all usage headers. Missing, malformed and absurd ones are left out; never throws. */
export function readUsage(headers: HttpHeaders, subjects: UsageSubjects): readonly UsageReport[] {
  return [
    ...simple(headers, 'x-app-usage', 'app', subjects.appId),
    ...simple(headers, 'x-page-usage', 'page', subjects.pageId),
    ...businessUseCases(headers),
    ...adAccount(headers, subjects),
    ...insights(headers, 'x-fb-ads-insights-throttle', subjects, ''),
    ...insights(headers, 'x-fb-ads-insights-reach-throttle', subjects, 'reach-'),
  ];
}

/** The longest wait that any header asks for, milliseconds; `null` when none does. */
export function longestWait(reports: readonly UsageReport[]): number | null {
  const waits = reports.map((report) => report.regainAccessMs ?? 0).filter((wait) => wait > 0);
  return waits.length === 0 ? null : Math.max(...waits);
}

type Fields = Readonly<Record<string, unknown>>;

const LOAD = ['call_count', 'total_cputime', 'total_time'];

function simple(headers: HttpHeaders, name: string, bucket: string, subject: string | null): readonly UsageReport[] {
  const highestPercent = highest(fieldsOf(parse(headers, name)), LOAD);
  return highestPercent === null ? [] : [report({ bucket, subject, highestPercent })];
}

function businessUseCases(headers: HttpHeaders): readonly UsageReport[] {
  const perSubject = Object.entries(fieldsOf(parse(headers, 'x-business-use-case-usage')));
  return perSubject.flatMap(([subject, entries]) =>
    (Array.isArray(entries) ? entries : [entries]).flatMap((entry) => {
      const fields = fieldsOf(entry);
      const highestPercent = highest(fields, LOAD);
      if (highestPercent === null) return [];
      const useCase = typeof fields.type === 'string' ? fields.type.slice(0, 60) : null;
      const regainAccessMs = wait(fields.estimated_time_to_regain_access, 60_000);
      return [report({ bucket: 'business-use-case', subject: subject.slice(0, 60), useCase, highestPercent, regainAccessMs })];
    }),
  );
}

function adAccount(headers: HttpHeaders, subjects: UsageSubjects): readonly UsageReport[] {
  const fields = fieldsOf(parse(headers, 'x-ad-account-usage'));
  const highestPercent = highest(fields, ['acc_id_util_pct']);
  if (highestPercent === null) return [];
  // The reset time is always there; it is a wait only when the account is at its limit.
  const regainAccessMs = highestPercent >= 100 ? wait(fields.reset_time_duration, 1_000) : 0;
  return [report({ bucket: 'ad-account', subject: subjects.accountId, highestPercent, regainAccessMs })];
}

function insights(headers: HttpHeaders, name: string, subjects: UsageSubjects, prefix: string): readonly UsageReport[] {
  const fields = fieldsOf(parse(headers, name));
  const sides = [
    { key: 'app_id_util_pct', useCase: `${prefix}app`, subject: subjects.appId },
    { key: 'acc_id_util_pct', useCase: `${prefix}account`, subject: subjects.accountId },
  ];
  return sides.flatMap(({ key, useCase, subject }) => {
    const highestPercent = highest(fields, [key]);
    return highestPercent === null ? [] : [report({ bucket: 'insights', subject, useCase, highestPercent })];
  });
}

function report(fields: Partial<UsageReport> & Pick<UsageReport, 'bucket' | 'subject' | 'highestPercent'>): UsageReport {
  return { platform: 'meta', useCase: null, regainAccessMs: null, ...fields };
}

function parse(headers: HttpHeaders, name: string): unknown {
  const value = headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch {
    // A broken usage header costs us a hint, not the call.
    return null;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function highest(fields: Fields, keys: readonly string[]): number | null {
  const numbers = keys.map((key) => amount(fields[key])).filter((value) => value !== null);
  return numbers.length === 0 ? null : Math.max(...numbers);
}

function wait(value: unknown, unitMs: number): number | null {
  const units = amount(value);
  return units === null ? null : Math.min(Math.round(units * unitMs), LONGEST_WAIT_MS);
}

/** A number of zero or more, also when it was written as a string. */
function amount(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}
