import { type Cell, cellsOf, type DryRun, dryRun } from './cells.ts';
import type { Theatre } from './play.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

export interface Wish {
  /** Names of scenarios; all when empty. */
  readonly scenarios: readonly string[];
  /** Only cells whose id contains this. */
  readonly cell: string;
  /** Names the cells and plays none. */
  readonly list: boolean;
  /** Of so many parts only this one, counted from 0. */
  readonly part: number;
  readonly parts: number;
  readonly onPlayed: (cell: PlayedCell, done: number, of: number) => void;
}

export interface PlayedCell extends Omit<Cell, 'play'> {
  /** Its place among all cells. */
  readonly index: number;
  /** How it breaks the promise, in sentences; empty when it keeps it. */
  readonly breaches: readonly string[];
}

/** What one process found: its cells, and how each scenario goes without a further fault. */
export interface Part {
  readonly scenarios: readonly { readonly name: string; readonly says: string; readonly breaches: readonly string[] }[];
  readonly cells: readonly PlayedCell[];
}

/** So many cells at once: they wait for the database's clock more than they compute. */
const AT_ONCE = 12;
/** Fewer, so that each comes by the same calls in every process. */
const REHEARSED_AT_ONCE = 3;

/** Plays every cell of the wished scenarios, or one part of them. */
export async function enumerate(theatre: Theatre, wish: Wish): Promise<Part> {
  const wished = SCENARIOS.filter(({ name }) => wish.scenarios.length === 0 || wish.scenarios.includes(name));
  const dry = new Map<string, DryRun>();
  const bases = [...withBases(wished)];
  const rehearse = async () => {
    for (let next = bases.shift(); next !== undefined; next = bases.shift()) dry.set(next.name, await dryRun(theatre, next));
  };
  await Promise.all(Array.from({ length: REHEARSED_AT_ONCE }, rehearse));
  const seen = new Set<string>();
  const all = wished
    .flatMap((scenario) => {
      const own = dry.get(scenario.name);
      return own ? cellsOf(own, dry.get(scenario.beyond ?? '') ?? null, seen) : [];
    })
    .filter(({ id }) => id.includes(wish.cell))
    .map((cell, index) => ({ cell, index }));
  const open = all.filter(({ index }) => index % wish.parts === wish.part);
  const of = open.length;
  const cells: PlayedCell[] = [];
  const player = async () => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const { play, ...told } = next.cell;
      const played = { ...told, index: next.index, breaches: wish.list ? [] : await play(theatre) };
      cells.push(played);
      wish.onPlayed(played, cells.length, of);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, player));
  const scenarios = wished.map(({ name, says }) => ({ name, says, breaches: dry.get(name)?.breaches ?? [] }));
  return { scenarios, cells };
}

function withBases(wished: readonly Scenario[]): readonly Scenario[] {
  const names = new Set(wished.flatMap(({ name, beyond }) => [name, beyond ?? name]));
  return SCENARIOS.filter(({ name }) => names.has(name));
}
