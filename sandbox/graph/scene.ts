import type { Mutation } from '../world/mutations.ts';
import type { WorldState } from '../world/state.ts';
import type { Access, Tokens } from './tokens.ts';

/** Parameters of a call: query string and body together, everything as text. */
export type Params = Readonly<Record<string, string>>;

/** One Graph call, whether it came alone or inside a batch. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path without version and slashes around it: `4000001_77/comments`, `` for the root. */
  readonly path: string;
  readonly params: Params;
  readonly token: string | undefined;
  /** `http://127.0.0.1:7070/v26.0`, for `paging.next`. */
  readonly base: string;
}

/** What answering one call needs. */
export interface Scene {
  readonly call: GraphCall;
  readonly state: WorldState;
  readonly tokens: Tokens;
  readonly access: Access;
  /** The sandbox's clock, milliseconds since 1970. */
  readonly now: number;
  /** Applies a mutation and journals it. */
  commit(mutation: Mutation): void;
  /** A number that no comment had before, 16 digits. */
  nextDigits(): string;
}
