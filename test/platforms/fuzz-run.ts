import { type FieldPath, fieldName, type Json, pathsOf, valueAt } from '../helpers/field-paths.ts';
import { CANARY, MUTATIONS, type Mutation, mutated, NEW_WORD } from '../helpers/mutations.ts';
import type { Exchange, Tampered } from '../helpers/tampering-graph.ts';
import { type Ending, endingOf } from './fuzz-case.ts';
import { type FuzzScene, SECRETS, type Verb } from './fuzz-scene.ts';

/** What no error may tell. */
export const FORBIDDEN = [CANARY.slice(0, 16), 'hunter2', 'EAAcanary', 'Joan Doe', 'How wide', ...Object.values(SECRETS)];

/** A verb's sound result, and the questions it asks for it. */
export interface Sound {
  readonly value: unknown;
  readonly exchanges: readonly Exchange[];
  /** Those that an adapter asks again which has asked before: tokens and accounts it knows by then. */
  readonly again: ReadonlySet<string>;
}

/** One spoilt field of one answer. */
export interface Spoilt {
  readonly exchange: Exchange;
  readonly path: FieldPath;
  readonly mutation: Mutation;
  readonly body: Buffer;
}

/** Runs the verb on sound answers. */
export async function soundOf({ graph, adapter, freshAdapter }: FuzzScene, verb: Verb): Promise<Sound> {
  graph.restore();
  graph.forget();
  const fresh = freshAdapter();
  const value = await verb.call(fresh).finally(() => fresh.close());
  const exchanges = [...new Map(graph.exchanges.map((each) => [each.key, each])).values()];
  graph.forget();
  await verb.call(adapter);
  return { value, exchanges, again: new Set(graph.exchanges.map(({ key }) => key)) };
}

/** How often each field of each kind of answer has been spoilt so far. */
export type Seen = Map<string, number>;

/**
 * All single spoilt fields of the answers. A field that stands in many answers of one kind is spoilt in the first `sources`
 * of them, and by the heavy mutations once.
 */
export function* spoiltFields(verb: Verb, sound: Sound, seen: Seen, sources: number): Generator<Spoilt> {
  for (const exchange of sound.exchanges) {
    const answer = JSON.parse(exchange.body) as Json;
    for (const path of pathsOf(answer)) {
      const value = valueAt(answer, path);
      if (value === undefined) continue;
      // What is asked only once, such as a token, is asked by all verbs in the same way; publishing alone ends otherwise.
      const asker = sound.again.has(exchange.key) ? verb.kind : verb.kind.split(' ')[0] === 'publish';
      const once = [asker, exchange.method, exchange.params.get('fields'), fieldName(path), typeof value].join(' ');
      const before = seen.get(once) ?? 0;
      seen.set(once, before + 1);
      if (before >= sources) continue;
      for (const mutation of MUTATIONS) {
        const body = mutation.heavy === true && before > 0 ? null : mutated(answer, path, value, mutation);
        if (body !== null) yield { exchange, path, mutation, body };
      }
    }
  }
}

/** How the verb ends when answers are spoilt so. An answer that is asked for only once needs an adapter of its own. */
export async function endingWith(
  scene: FuzzScene,
  verb: Verb,
  needsFresh: boolean,
  spoil: (exchange: Exchange) => Tampered | null,
): Promise<Ending> {
  const { graph } = scene;
  const adapter = needsFresh ? scene.freshAdapter() : scene.adapter;
  graph.forget();
  graph.tamper(spoil);
  try {
    return await endingOf(() => verb.call(adapter));
  } finally {
    graph.restore();
    if (needsFresh) await adapter.close();
  }
}

/** Which case it was, for people. */
export function called(verb: Verb, { exchange, path, mutation }: Spoilt): string {
  const place = path.length === 0 ? 'the whole answer' : path.join('.');
  return `${verb.name}: ${exchange.method} ${exchange.path} with ${mutation.name} in ${place}`;
}

/** A word in the place of an id leads to another call, or to a token that is refused: then that call is named. */
export function leadsElsewhere({ mutation, path }: Spoilt): boolean {
  return path.at(-1) === 'access_token' || mutation.instead('x', path)?.includes(NEW_WORD) === true;
}
