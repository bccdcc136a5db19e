import type { WriteEntry } from '../../sandbox/world/write-log.ts';
import { insistently } from './servers.ts';

/** A comment as the sandbox's control API tells it, whatever any list says. */
export interface StandingComment {
  readonly id: string;
  readonly authorId: string;
  readonly text: string;
  readonly hidden: boolean;
  readonly listed: boolean;
  readonly applicationId: string | null;
}

/** The sandbox's control API, asked until it answers: the sandbox may be down at any moment. */
export interface PlatformDoor {
  /** Arms a fault; answers its number, which is only good until the sandbox is killed. */
  arm(fault: Readonly<Record<string, unknown>>): Promise<number>;
  armed(): Promise<readonly { readonly id: number; readonly skip: number }[]>;
  disarm(): Promise<void>;
  patchToken(changes: Readonly<Record<string, unknown>>): Promise<void>;
  writes(): Promise<readonly WriteEntry[]>;
  /** All that stands on a surface now. */
  comments(surfaceId: string): Promise<readonly StandingComment[]>;
}

export function platformDoor(sandboxUrl: string): PlatformDoor {
  function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return insistently(`the sandbox answers ${method} ${path}`, async () => {
      const answer = await fetch(`${sandboxUrl}/control/${path}`, { method, ...json });
      if (!answer.ok) throw new Error(`the sandbox's control API said ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    });
  }
  return {
    arm: async (fault) => (await call<{ id: number }>('POST', 'faults', fault)).id,
    armed: async () => (await call<{ faults: { id: number; skip: number }[] }>('GET', 'faults')).faults,
    disarm: async () => void (await call('DELETE', 'faults')),
    patchToken: async (changes) => void (await call('PATCH', 'tokens/system-user', changes)),
    writes: async () => (await call<{ writes: WriteEntry[] }>('GET', 'writes')).writes,
    comments: async (surfaceId) =>
      (await call<{ comments: StandingComment[] }>('GET', `comments?objectId=${surfaceId}`)).comments,
  };
}
