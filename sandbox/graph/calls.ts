import type { WorldState } from '../world/state.ts';
import type { GraphCall } from './scene.ts';

/** How often an endpoint was called: as HTTP requests, and as Meta counts. */
export interface EndpointCount {
  requests: number;
  asMetaCounts: number;
}

/** The endpoint of a call with ids replaced by kinds: `POST /{post}/comments`. */
export function endpointOf(call: GraphCall, state: WorldState): string {
  if (call.path === '') return call.params.ids === undefined ? `${call.method} /` : `${call.method} /?ids=`;
  const [first = '', ...rest] = call.path.split('/');
  const node = state.find(first);
  const named = /^[a-z_]+$/.test(first)
    ? first
    : `{${node?.kind ?? (first === state.world.system_user.id ? 'system-user' : 'unknown')}}`;
  return `${call.method} /${[named, ...rest].join('/')}`;
}

/** Counts every call: a request 1, each item of a batch 1, each id of `?ids=` 1, field expansion nothing more. */
export class CallCounter {
  #byEndpoint = new Map<string, EndpointCount>();
  /** Requests that carried a token in the URL, where logs and proxies see it. */
  tokensInUrl = 0;

  count(endpoint: string, call: GraphCall, asRequest: boolean): void {
    const ids = call.path === '' ? call.params.ids?.split(',').length : undefined;
    const isBatch = asRequest && call.method === 'POST' && call.path === '';
    this.#add(endpoint, asRequest ? 1 : 0, isBatch ? 0 : (ids ?? 1));
  }

  reset(): void {
    this.#byEndpoint = new Map();
    this.tokensInUrl = 0;
  }

  report() {
    const byEndpoint = Object.fromEntries([...this.#byEndpoint].sort(([a], [b]) => (a < b ? -1 : 1)));
    const counts = [...this.#byEndpoint.values()];
    return {
      requests: counts.reduce((sum, each) => sum + each.requests, 0),
      asMetaCounts: counts.reduce((sum, each) => sum + each.asMetaCounts, 0),
      tokensInUrl: this.tokensInUrl,
      byEndpoint,
    };
  }

  #add(endpoint: string, requests: number, asMetaCounts: number): void {
    const count = this.#byEndpoint.get(endpoint) ?? { requests: 0, asMetaCounts: 0 };
    count.requests += requests;
    count.asMetaCounts += asMetaCounts;
    this.#byEndpoint.set(endpoint, count);
  }
}
