import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCleanup } from '../../cli/cleanup.ts';
import { EXIT, type ExitCode } from '../../cli/exit.ts';
import { table } from '../../cli/table.ts';
import { stopRequested } from '../../cli/wait-for-stop.ts';
import { copyTree } from '../../scripts/planted/copy-tree.ts';
import { plantEdits } from '../../scripts/planted/plant.ts';
import { runNode } from '../../scripts/testing/run-node.ts';
import type { Figures } from './figures.ts';
import { MUTANTS, type Mutant } from './mutants.ts';

export interface MutantsOptions {
  readonly ads: number;
  /** Tried one after the other until the mutant fails. */
  readonly seeds: readonly number[];
  /** Ids of those that are run; all when it is empty. */
  readonly only: readonly string[];
  readonly json: boolean;
}

type ShownFigures = Pick<Figures, 'duplicatesEver' | 'duplicatesAtEnd' | 'lost' | 'wrong' | 'sentWhileClosed' | 'seconds'>;

/** How a mutant fared, with the first seed that showed it. */
interface Shown extends ShownFigures {
  readonly id: string;
  readonly what: string;
  /** `null`: it survived all seeds, or its edits no longer apply. */
  readonly seed: number | null;
  readonly says: string;
}

const NOTHING: ShownFigures = { duplicatesEver: 0, duplicatesAtEnd: 0, lost: 0, wrong: 0, sentWhileClosed: 0, seconds: 0 };

/** `chaos --mutants`: each must show duplicates or losses, or what it is there to show, else the harness is too weak. */
export async function runMutants(options: MutantsOptions): Promise<ExitCode> {
  const cleanup = createCleanup();
  const stopped = stopRequested();
  try {
    const home = mkdtempSync(join(tmpdir(), 'first-comment-mutants-'));
    cleanup.add(async () => rmSync(home, { recursive: true, force: true }));
    const tree = join(home, 'tree');
    await copyTree(join(import.meta.dirname, '../..'), tree);
    const shown: Shown[] = [];
    for (const mutant of MUTANTS.filter(({ id }) => options.only.length === 0 || options.only.includes(id))) {
      const next = await Promise.race([show(tree, mutant, options), stopped]);
      if (typeof next === 'string') return EXIT.no;
      process.stderr.write(`  ${next.id}: ${next.says}\n`);
      shown.push(next);
    }
    process.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : `\n${mutantsTable(shown)}\n`);
    return shown.length > 0 && shown.every(({ seed }) => seed !== null) ? EXIT.done : EXIT.no;
  } finally {
    await cleanup.run();
  }
}

async function show(tree: string, { id, what, edits, shownBy }: Mutant, { ads, seeds }: MutantsOptions): Promise<Shown> {
  const planted = plantEdits(tree, edits);
  if (planted.kind === 'stale') return { id, what, ...NOTHING, seed: null, says: planted.says };
  try {
    for (const seed of seeds) {
      const { duplicatesEver, duplicatesAtEnd, lost, wrong, sentWhileClosed, seconds } = await chaosIn(tree, ads, seed);
      const figures = { duplicatesEver, duplicatesAtEnd, lost, wrong, sentWhileClosed, seconds };
      const says = `${duplicatesEver} duplicates, ${lost} lost, ${sentWhileClosed} sent while closed with seed ${seed}`;
      if ((shownBy ? figures[shownBy] : duplicatesEver + lost) > 0) return { id, what, ...figures, seed, says };
    }
    return { id, what, ...NOTHING, seed: null, says: `survived seeds ${seeds.join(', ')}` };
  } finally {
    planted.restore();
  }
}

/** A chaos run of the copy, in a process of its own, until its first failure. */
async function chaosIn(tree: string, ads: number, seed: number): Promise<Figures> {
  const args = ['bench/chaos/main.ts', '--ads', String(ads), '--seed', String(seed), '--until-failure', '--json'];
  const { stdout } = await runNode(args, { collect: true, cwd: tree });
  const line = stdout.split('\n').find((each) => each.startsWith('{"seed"'));
  if (!line) throw new Error(`the chaos run of the mutated copy printed no figures: ${stdout.slice(0, 500)}`);
  return JSON.parse(line) as Figures;
}

function mutantsTable(shown: readonly Shown[]): string {
  const rows = shown.map(({ id, seed, duplicatesEver, lost, wrong, sentWhileClosed, seconds, what }) =>
    [id, seed === null ? 'survived' : `seed ${seed}`, duplicatesEver, lost, wrong, sentWhileClosed, seconds, what].map(String),
  );
  return table(['mutant', 'shown by', 'duplicates', 'lost', 'wrong', 'while closed', 'seconds', 'left out'], rows);
}
