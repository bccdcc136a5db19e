import { type Cell, cellsOf, type DryRun, dryRun } from './cells.ts';
import type { Theatre } from './play.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

export interface Wish {
  /** Names of scenarios; all when empty. */
  readonly scenarios: readonly string[];
  /** Only cells whose id contains this. */
  readonly cell: string | null;
  /** Names the cells and plays none. */
  readonly list: boolean;
  readonly onPlayed: (cell: PlayedCell, done: number, of: number) => void;
}

export interface PlayedCell extends Omit<Cell, 'play'> {
  /** How it breaks the promise, in sentences; empty when it keeps it. */
  readonly breaches: readonly string[];
}

export interface Enumeration {
  readonly dry: readonly DryRun[];
  readonly cells: readonly PlayedCell[];
}

/** So many cells at once: they wait for the database's clock more than they compute. */
const AT_ONCE = 16;

/** Plays every cell of the wished scenarios. */
export async function enumerate(theatre: Theatre, wish: Wish): Promise<Enumeration> {
  const dry = new Map<string, DryRun>();
  const wished = SCENARIOS.filter(({ name }) => wish.scenarios.length === 0 || wish.scenarios.includes(name));
  for (const scenario of withBases(wished)) dry.set(scenario.name, await dryRun(theatre, scenario));
  const seen = new Set<string>();
  const all = wished.flatMap((scenario) => {
    const own = dry.get(scenario.name);
    return own ? cellsOf(own, dry.get(scenario.beyond ?? '') ?? null, seen) : [];
  });
  const cells = all.filter(({ id }) => wish.cell === null || id.includes(wish.cell));
  const played: PlayedCell[] = [];
  const open = [...cells];
  const player = async () => {
    for (let cell = open.shift(); cell !== undefined; cell = open.shift()) {
      const { play, ...told } = cell;
      const done = { ...told, breaches: await play(theatre) };
      played.push(done);
      wish.onPlayed(done, played.length, cells.length);
    }
  };
  if (wish.list) return { dry: [...dry.values()], cells: cells.map((cell) => ({ ...cell, breaches: [] })) };
  await Promise.all(Array.from({ length: AT_ONCE }, player));
  const order = new Map(cells.map(({ id }, index) => [id, index]));
  return {
    dry: wished.flatMap(({ name }) => dry.get(name) ?? []),
    cells: played.sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0)),
  };
}

function withBases(wished: readonly Scenario[]): readonly Scenario[] {
  const names = new Set(wished.flatMap(({ name, beyond }) => [name, beyond ?? name]));
  return SCENARIOS.filter(({ name }) => names.has(name));
}
