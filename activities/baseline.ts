import { lookbackBefore } from '../domain/lookback.ts';
import type { BaselineInput, BaselineTaken } from './baseline-contract.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';

/** Freezes what the ad's numbers were before the comment, with the thread's state and the UTM tuple. Taken once per ad. */
export async function baseline(dependencies: Dependencies, { run, ad, surfaces }: BaselineInput): Promise<BaselineTaken> {
  const { ledger, timing } = dependencies;
  if (await ledger.hasBaseline(ad)) return { kind: 'kept' };
  const resolution = await ledger.readResolution(run);
  if (!resolution) throw await ledger.behind(`a resolution of ${run.workflowId}`);
  const { timeZone, currency } = resolution.snapshot;
  const earliest = surfaces.map((each) => each.publishedAt).sort()[0] ?? new Date().toISOString();
  const { since, until } = lookbackBefore(earliest, timeZone, timing.baselineLookbackDays);
  const rows = await translated(() => platformOf(dependencies, ad).dailyMetrics({ ad, since, until }, callContext(ad)));
  await ledger.recordBaseline({
    run,
    ad,
    since,
    until,
    timeZone,
    currency,
    rows,
    surfaces: surfaces.map(({ surface, thread, utm }) => ({
      surfaceId: surface.surfaceId,
      thread: thread ? { own: [], ...thread } : null,
      utm,
    })),
  });
  return { kind: 'taken', days: new Set(rows.map((row) => row.day)).size };
}
