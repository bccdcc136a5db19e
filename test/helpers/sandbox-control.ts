import type { SurfaceTruth } from '../../sandbox/control/truth.ts';
import type { SectionsSeed } from '../../sandbox/server.ts';
import type { WriteEntry } from '../../sandbox/world/write-log.ts';

/** The sandbox's control API over HTTP: what really happened there, and what goes wrong next. */
export interface SandboxControl {
  readonly url: string;
  /** Arms a fault for the next fitting calls; see `sandbox/faults/schema.ts`. */
  fault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  seed(sections: SectionsSeed): Promise<void>;
  /** Changes an object of the world: a post, a comment, an ad. */
  patch(id: string, changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** Changes what our token may do. */
  patchToken(changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes a comment by hand: as a stranger, or as the Page itself when nobody is named. */
  comment(comment: Readonly<Record<string, unknown>>): Promise<string>;
  /** What stands on a post or media, whatever any answer said. */
  truth(objectId: string): Promise<SurfaceTruth>;
  /** The ids of all comments that stand there, whoever wrote them and by whichever way. */
  comments(objectId: string): Promise<readonly string[]>;
  /** All that was ever written there through the API, in order. */
  writes(objectId: string): Promise<readonly WriteEntry[]>;
  /** How many publish requests reached the platform, carried out or not. */
  publishRequests(): Promise<number>;
  /** How often an endpoint was called, as the sandbox names it: `GET /{account}/ads`. */
  requests(endpoint: string): Promise<number>;
  /** How many calls of the API there were, of all endpoints. */
  allRequests(): Promise<number>;
}

export function sandboxControl(url: string): SandboxControl {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${url}/control/${path}`, { method, ...json });
    if (!answer.ok) throw new Error(`the sandbox's control API said ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
  async function requestsByEndpoint(): Promise<Readonly<Record<string, { requests: number } | undefined>>> {
    return ((await call('GET', 'calls')) as { byEndpoint: Record<string, { requests: number }> }).byEndpoint;
  }
  return {
    url,
    fault: async (fault) => void (await call('POST', 'faults', fault)),
    clearFaults: async () => void (await call('DELETE', 'faults')),
    seed: async (sections) => void (await call('POST', 'seed', sections)),
    patch: async (id, changes) => void (await call('PATCH', `objects/${id}`, changes)),
    patchToken: async (changes) => void (await call('PATCH', 'tokens/system-user', changes)),
    comment: async (comment) => ((await call('POST', 'comments', comment)) as { id: string }).id,
    async truth(objectId) {
      const { surfaces } = (await call('GET', 'truth')) as { surfaces: SurfaceTruth[] };
      const found = surfaces.find((surface) => surface.objectId === objectId);
      if (!found) throw new Error(`the sandbox has no post or media ${objectId}`);
      return found;
    },
    async comments(objectId) {
      const { comments } = (await call('GET', `comments?objectId=${objectId}`)) as { comments: { id: string }[] };
      return comments.map(({ id }) => id).sort();
    },
    async writes(objectId) {
      const { writes } = (await call('GET', 'writes')) as { writes: WriteEntry[] };
      return writes.filter((write) => write.objectId === objectId && write.via === 'api');
    },
    async publishRequests() {
      const byEndpoint = await requestsByEndpoint();
      return ['POST /{post}/comments', 'POST /{media}/comments'].reduce(
        (sum, each) => sum + (byEndpoint[each]?.requests ?? 0),
        0,
      );
    },
    requests: async (endpoint) => (await requestsByEndpoint())[endpoint]?.requests ?? 0,
    allRequests: async () => Object.values(await requestsByEndpoint()).reduce((sum, each) => sum + (each?.requests ?? 0), 0),
  };
}
