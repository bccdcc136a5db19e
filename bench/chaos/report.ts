import { table } from '../../cli/table.ts';
import type { NaiveFigures } from '../naive/run.ts';
import type { Figures } from './figures.ts';

/** The figures for people. */
export function report(figures: Figures): string {
  const { hitsByFault, crashPoints, recoveries, windows, findings } = figures;
  const main = [
    'ads',
    'surfaces',
    'comments',
    'duplicatesEver',
    'duplicatesAtEnd',
    'lost',
    'wrong',
    'sentWhileClosed',
    'notWithdrawn',
    'unconfirmed',
    'falselyUnconfirmed',
    'tokensLeaked',
    'disagreements',
    'seconds',
  ] as const;
  const parts = [
    table(
      ['figure', ''],
      main.map((name) => [name, String(figures[name])]),
    ),
    table(
      ['fault', 'met'],
      Object.entries(hitsByFault).map(([name, count]) => [name, String(count)]),
    ),
    table(
      ['blow', 'dealt'],
      Object.entries(figures.blows).map(([name, count]) => [name, String(count)]),
    ),
    `${figures.crashes} crashes at ${crashPoints.length} points: ${crashPoints.join(', ') || 'none'}.`,
    `${figures.pauses} pauses and ${figures.orders} withdrawal orders stood; ${figures.stalls.call} calls and ${figures.stalls.worker} whole workers stood still between gate and request, or before the gate.`,
    `${figures.settled} of ${figures.attempts} attempts had to settle (${Math.round(100 * figures.settledShare)} %).`,
    ...recoveries.map(
      ({ runs, median, p90, last, lastAt }) =>
        `After a kill of all workers ${runs} open runs went on within ${median} s (median), ${p90} s (nine in ten), ${last} s (all)${lastAt ? `; the last one waited for ${lastAt}` : ''}.`,
    ),
    `Windows are ${windows.factor} of production's:`,
    table(
      ['window, ms', 'here', 'production'],
      Object.entries(windows.here).map(([name, here]) => [
        name,
        String(here),
        String(windows.production[name as keyof typeof windows.production]),
      ]),
    ),
    ...Object.entries(findings).map(([name, found]) => `${name}:\n${found.map((each) => `  ${each}`).join('\n')}`),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The job table's figures for people. */
export function naiveReport(figures: NaiveFigures): string {
  const { hitsByFault, findings, ...rest } = figures;
  const rows = Object.entries(rest).map(([name, value]) => [name, String(value)]);
  const met = Object.values(hitsByFault).reduce((sum, count) => sum + count, 0);
  const lists = Object.entries(findings).map(([name, found]) => `${name}: ${found.join(', ') || 'none'}`);
  return `${[table(['job table', ''], rows), `${met} faults were met.`, ...lists].join('\n\n')}\n`;
}
