import { table } from '../../cli/table.ts';
import { type BatchResult, KINDS } from './batch.ts';
import { type Figures, medianCpu, type Round } from './figures.ts';
import { COUNTED } from './stack.ts';

/** The figures for people. CPU is in seconds for 1,000 runs. */
export function figuresTable(figures: Figures, rounds: readonly Round[]): string {
  const head = ['runs', 'per second', 'ratio', 'events', 'bytes', ...COUNTED.map((name) => `${name} CPU`)];
  const rows = KINDS.map((kind) => {
    const batches = rounds.map((round) => round[kind]);
    const cpu = COUNTED.map((name) => String(medianCpu(batches, name) ?? '–'));
    if (kind === 'bare') {
      const [batch] = batches;
      return ['bare', String(figures.bareRunsPerSecond), '1', String(batch?.events ?? 0), String(batch?.bytes ?? 0), ...cpu];
    }
    const { runsPerSecond, ratio, events, bytes } = figures[kind];
    return [
      `${kind} surface${kind === 'two' ? 's' : ''}`,
      String(runsPerSecond),
      String(ratio),
      String(events),
      String(bytes),
      ...cpu,
    ];
  });
  return `${table(head, rows)}\n\nCPU: seconds for 1,000 runs.\n`;
}

/** One line for each batch as it ends. */
export function batchLine(round: number, { kind, runsPerSecond, events, cpu }: BatchResult): string {
  const used = COUNTED.map((name) => `${name} ${cpu[name]?.toFixed(1) ?? '–'}`).join(', ');
  return `  round ${round}  ${kind.padEnd(4)}  ${runsPerSecond.toFixed(1).padStart(6)} runs/s  ${String(events).padStart(3)} events  CPU s per 1,000: ${used}\n`;
}

/** `12 ActivityTaskScheduled, …`, the most frequent first. */
export function eventSentence(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([type, count]) => `${count} ${type}`)
    .join(', ');
}
