import type { CutProxy } from './cut-proxy.ts';
import type { PlannedFault } from './plan.ts';
import type { PlatformDoor } from './platform-door.ts';

/** All planned faults, each armed until it is met; those at the sandbox also across its kills. */
export interface Armoury {
  arm(): Promise<void>;
  /** To be called before the sandbox is killed, which forgets what is armed, and after it is back. */
  survive(kill: () => Promise<void>): Promise<void>;
  disarm(): Promise<void>;
  /** How often each kind was met, `read:` before those of reads; kinds that nobody met have 0. */
  hits(): Promise<Readonly<Record<string, number>>>;
}

export function createArmoury(faults: readonly PlannedFault[], door: PlatformDoor, proxy: CutProxy): Armoury {
  const atSandbox = faults.filter(({ kind }) => kind.sandbox);
  const atProxy = faults.filter(({ kind }) => kind.cut);
  /** By the number that the sandbox gave. */
  let armed = new Map<number, PlannedFault>();
  const met: PlannedFault[] = [];

  async function armAtSandbox(some: readonly PlannedFault[]): Promise<void> {
    for (const fault of some) armed.set(await door.arm(requestOf(fault)), fault);
  }

  /** Moves what is not armed any more to the met ones; answers those that are. */
  async function takeStock(): Promise<readonly PlannedFault[]> {
    const left = new Map((await door.armed()).map(({ id, skip }) => [id, skip]));
    const waiting: PlannedFault[] = [];
    for (const [id, fault] of armed) {
      const skip = left.get(id);
      if (skip === undefined) met.push(fault);
      else waiting.push({ ...fault, skip });
    }
    armed = new Map([...armed].filter(([id]) => left.has(id)));
    return waiting;
  }

  return {
    async arm() {
      await armAtSandbox(atSandbox);
      for (const { kind, objectId, path } of atProxy) {
        if (kind.cut) proxy.arm({ ...kind.cut, match: cutMatch(objectId, path), name: nameOf({ kind, path }) });
      }
    },
    async survive(kill) {
      const waiting = await takeStock();
      armed = new Map();
      await kill();
      await armAtSandbox(waiting);
    },
    async disarm() {
      await takeStock();
      armed = new Map();
      await door.disarm();
      proxy.disarm();
    },
    async hits() {
      await takeStock();
      const counts = new Map(faults.map((fault) => [nameOf(fault), 0]));
      const names = [...met.map(nameOf), ...proxy.hits.flatMap(({ name }) => name ?? [])];
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
      return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b)));
    },
  };
}

function nameOf({ kind, path }: Pick<PlannedFault, 'kind' | 'path'>): string {
  return path === 'read' ? `read:${kind.name}` : kind.name;
}

function requestOf({ kind, path, objectId, skip }: PlannedFault): Readonly<Record<string, unknown>> {
  const endpoint = `POST /{${objectId.includes('_') ? 'post' : 'media'}}/comments`;
  const match = path === 'publish' ? { method: 'POST', objectId, endpoint } : { method: 'GET', objectId };
  return { ...kind.sandbox, match, skip, times: 1 };
}

function cutMatch(objectId: string, path: PlannedFault['path']) {
  return path === 'publish'
    ? { method: 'POST', path: new RegExp(`/${objectId}/comments$`) }
    : { method: 'GET', path: new RegExp(`/${objectId}(/|$)`) };
}
