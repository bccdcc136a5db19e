import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in these for every program; the kernel's own tick is another one. */
const TICKS_PER_SECOND = 100;

/** Fields of /proc/PID/stat after the program's name, counted from the state. */
const FIELD = { parent: 1, user: 11, system: 12, childrenUser: 13, childrenSystem: 14 } as const;

/**
 * CPU seconds that a process has used so far, with those of its children, living and ended; `null` where the system does not tell.
 */
export function cpuSeconds(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/stat`)) return null;
  const own = readStat(pid);
  if (own === null) return null;
  const children = processIds().flatMap((id) => {
    const stat = readStat(id);
    return stat?.[FIELD.parent] === pid ? [ticks(stat, ['user', 'system', 'childrenUser', 'childrenSystem'])] : [];
  });
  const all = [ticks(own, ['user', 'system', 'childrenUser', 'childrenSystem']), ...children];
  return all.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

function ticks(stat: readonly number[], fields: readonly (keyof typeof FIELD)[]): number {
  return fields.reduce((sum, field) => sum + (stat[FIELD[field]] ?? 0), 0);
}

function processIds(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** The numbers of a process; the state's letter reads as NaN. `null` when it ended meanwhile. */
function readStat(pid: number): readonly number[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}
