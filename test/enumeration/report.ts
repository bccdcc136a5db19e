import { type Await, awaitsOfCode, uncovered } from './awaits.ts';
import type { Part, PlayedCell } from './enumerate.ts';
import { EXEMPT, exemptionOf } from './exempt.ts';

/** What an enumeration found, in figures. Keys are what `--json` prints. */
export interface Report {
  readonly cells: number;
  /** By scenario. */
  readonly scenarios: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  /** Places of the code that await something from outside. */
  readonly awaits: number;
  readonly covered: number;
  /** Those that no cell puts a fault at, and that are not exempt. */
  readonly uncovered: readonly string[];
  readonly exempt: Readonly<Record<string, string>>;
  /** Exemptions that nothing needs any more. */
  readonly needless: readonly string[];
  /** Cells that break the promise, with what broke. */
  readonly broken: readonly { readonly cell: string; readonly breaches: readonly string[] }[];
  readonly seconds: number;
}

export function reportOf({ scenarios, cells }: Part, seconds: number): Report {
  const awaits = awaitsOfCode();
  const open = uncovered(
    awaits,
    cells.map(({ site }) => site),
  );
  const missing = open.filter((each) => exemptionOf(each) === null);
  const used = new Set(open.map(({ file, what }) => `${file} ${what}`));
  const ofScenarios = scenarios.map(({ name, breaches }) => ({ cell: `${name}, without a further fault`, breaches }));
  return {
    cells: cells.length,
    scenarios: counted(cells, ({ scenario }) => scenario),
    faults: counted(cells, ({ fault }) => fault),
    awaits: awaits.length,
    covered: awaits.length - open.length,
    uncovered: missing.map(tellAwait),
    exempt: EXEMPT,
    needless: Object.keys(EXEMPT).filter((each) => !used.has(each)),
    broken: [...ofScenarios, ...cells.map(({ id, breaches }) => ({ cell: id, breaches }))].filter(
      ({ breaches }) => breaches.length > 0,
    ),
    seconds,
  };
}

/** Every cell of it: a line for each await of each scenario, with the faults that were put there. */
export function table({ scenarios, cells }: Part): string {
  const lines = scenarios.flatMap(({ name, says }) => {
    const own = cells.filter((cell) => cell.scenario === name);
    const rows = grouped(own, (cell) => `${cell.site ?? '(at any moment)'}\t${cell.awaits}`);
    return ['', `${name}: ${says} – ${own.length} cells`, ...rows.map(([what, those]) => row(what, those))];
  });
  return `${lines.join('\n')}\n`;
}

export function summary(report: Report, whole: boolean): string {
  const lines = [
    '',
    ...report.broken.flatMap(({ cell, breaches }) => breaches.map((breach) => `BROKEN ${cell}: ${breach}`)),
    ...(whole ? report.uncovered.map((each) => `IN NO CELL ${each}`) : []),
    ...(whole ? report.needless.map((each) => `EXEMPT FOR NOTHING ${each}: take it out of test/enumeration/exempt.ts`) : []),
    `${report.cells} cells (await × fault) in ${report.seconds} s: ${report.broken.length} broken.`,
  ];
  const exempt = Object.keys(report.exempt).length;
  if (whole)
    lines.push(
      `${report.covered} of ${report.awaits} awaits are in a cell, ${exempt} kinds are exempt, ${report.uncovered.length} are in none.`,
    );
  return `${lines.join('\n')}\n`;
}

/** Whether it shows what it is for. Coverage can only be said of all scenarios. */
export function holds({ broken, uncovered: missing, needless }: Report, whole: boolean): boolean {
  return broken.length === 0 && (!whole || (missing.length === 0 && needless.length === 0));
}

function row(what: string, cells: readonly PlayedCell[]): string {
  const [site = '', awaits = ''] = what.split('\t');
  const faults = Object.entries(counted(cells, ({ fault }) => fault)).map(([fault, n]) => (n > 1 ? `${fault} ×${n}` : fault));
  return `  ${site.padEnd(36)} ${awaits.padEnd(28)} ${String(cells.length).padStart(3)}  ${faults.join(', ')}`;
}

function counted(cells: readonly PlayedCell[], by: (cell: PlayedCell) => string): Readonly<Record<string, number>> {
  return Object.fromEntries(grouped(cells, by).map(([name, those]) => [name, those.length]));
}

function grouped(
  cells: readonly PlayedCell[],
  by: (cell: PlayedCell) => string,
): readonly (readonly [string, readonly PlayedCell[]])[] {
  const groups = new Map<string, PlayedCell[]>();
  for (const cell of cells) {
    const name = by(cell);
    groups.set(name, [...(groups.get(name) ?? []), cell]);
  }
  return [...groups];
}

function tellAwait({ file, line, what }: Await): string {
  return `${file}:${line} ${what}`;
}
