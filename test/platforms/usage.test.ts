import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestWait, readUsage } from '../../platforms/meta/usage.ts';
import type { UsageReport } from '../../platforms/platform.ts';
import { CONTEXT, FACEBOOK, PAGE, SIGNS, tinyGraph } from './tiny-graph.ts';

const SUBJECTS = { appId: '900100', accountId: 'act_100200', pageId: PAGE };
const NAMES = [
  'x-app-usage',
  'x-page-usage',
  'x-business-use-case-usage',
  'x-ad-account-usage',
  'x-fb-ads-insights-throttle',
  'x-fb-ads-insights-reach-throttle',
];

describe('usage headers', () => {
  it('are read with their bucket, subject and wait', () => {
    const headers = {
      'x-app-usage': '{"call_count":28,"total_time":25,"total_cputime":31}',
      'x-page-usage': '{"call_count":"12","total_time":1,"total_cputime":1}',
      'x-business-use-case-usage': JSON.stringify({
        '4000001': [
          { type: 'pages', call_count: 100, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: 3 },
          { type: 'instagram', call_count: 1, total_cputime: 1, total_time: 4, estimated_time_to_regain_access: 0 },
        ],
      }),
      'x-ad-account-usage': '{"acc_id_util_pct":9.67,"reset_time_duration":100}',
      'x-fb-ads-insights-throttle': '{"app_id_util_pct":40,"acc_id_util_pct":80}',
    };
    const told = readUsage(headers, SUBJECTS);
    const row = (
      bucket: string,
      subject: string,
      useCase: string | null,
      highestPercent: number,
      regainAccessMs: number | null,
    ) => ({
      platform: 'meta',
      bucket,
      subject,
      useCase,
      highestPercent,
      regainAccessMs,
    });
    expect(told).toEqual([
      row('app', '900100', null, 31, null),
      row('page', PAGE, null, 12, null),
      row('business-use-case', PAGE, 'pages', 100, 180_000),
      row('business-use-case', PAGE, 'instagram', 4, 0),
      row('ad-account', 'act_100200', null, 9.67, 0),
      row('insights', '900100', 'app', 40, null),
      row('insights', 'act_100200', 'account', 80, null),
    ]);
    expect(longestWait(told)).toBe(180_000);
  });

  it('ask for no wait longer than a day, however long a broken one says', () => {
    const lie = { x: [{ type: 'pages', call_count: 900, estimated_time_to_regain_access: 1e15 }] };
    expect(longestWait(readUsage({ 'x-business-use-case-usage': JSON.stringify(lie) }, SUBJECTS))).toBe(86_400_000);
  });

  it('never throw, and never report what is not a number of zero or more', () => {
    const value = fc.oneof(fc.string(), fc.json(), fc.constant(undefined), fc.array(fc.json()), likelyHeader());
    fc.assert(
      fc.property(fc.tuple(...NAMES.map(() => value)), (values) => {
        const headers = Object.fromEntries(NAMES.map((name, index) => [name, values[index]]));
        for (const report of readUsage(headers, SUBJECTS)) {
          expect(report.highestPercent).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(report.highestPercent)).toBe(true);
          expect(report.regainAccessMs ?? 0).toBeGreaterThanOrEqual(0);
          expect(report.regainAccessMs ?? 0).toBeLessThanOrEqual(86_400_000);
        }
      }),
    );
  });

  it('reach the listener also when the call failed', async () => {
    const reports: UsageReport[] = [];
    const graph = await tinyGraph(
      () => ({
        status: 400,
        json: { error: { code: 4 } },
        headers: { 'x-app-usage': '{"call_count":100}', 'x-page-usage': '{broken' },
      }),
      { onUsage: (report) => reports.push(report) },
    );
    const request = { surface: FACEBOOK, identityId: PAGE, pageId: PAGE, depth: { kind: 'first-page' }, signs: SIGNS } as const;
    await expect(graph.adapter.readThread(request, CONTEXT)).rejects.toMatchObject({ kind: 'throttled' });
    expect(reports).toMatchObject([{ bucket: 'app', subject: '900100', highestPercent: 100 }]);
  });
});

/** Values in the right place and of any kind. */
function likelyHeader() {
  const field = fc.oneof(fc.double(), fc.string(), fc.integer(), fc.constant(null), fc.boolean());
  const fields = fc.record({
    type: field,
    call_count: field,
    total_time: field,
    total_cputime: field,
    estimated_time_to_regain_access: field,
    acc_id_util_pct: field,
    app_id_util_pct: field,
    reset_time_duration: field,
  });
  return fc.oneof(fields, fc.dictionary(fc.string(), fc.oneof(fields, fc.array(fields)))).map((value) => JSON.stringify(value));
}
