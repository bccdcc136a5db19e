import { isObject, type Json, type JsonObject } from '../world/json.ts';
import type { WorldNode } from '../world/nodes.ts';
import { noSuchField } from './errors.ts';
import type { FieldRequest } from './fields.ts';
import type { Params, Scene } from './scene.ts';
import { viewOf } from './views/index.ts';

/** What a field of a node holds: data, another node, or a list that takes modifiers. */
export type FieldValue =
  | { readonly is: 'json'; readonly value: Json | undefined }
  | { readonly is: 'node'; readonly node: WorldNode | undefined }
  | { readonly is: 'edge'; read(params: Params, fields: readonly FieldRequest[] | undefined): JsonObject };

/** A node as Graph shows it: which fields exist, and which come without asking. */
export interface NodeView {
  /** The name that errors give the kind. */
  readonly typeName: string;
  readonly defaults: readonly string[];
  readonly fields: Readonly<Record<string, () => FieldValue>>;
}

export function json(value: Json | undefined): FieldValue {
  return { is: 'json', value };
}

/**
 * The chosen fields of a node, with nested ones. Fields without a value are left out, `id` is always there.
 * @throws GraphError 100 for a field that the kind does not have
 */
export function select(node: WorldNode, requests: readonly FieldRequest[] | undefined, scene: Scene): JsonObject {
  const view = viewOf(node, scene);
  const wanted = requests ?? view.defaults.map((name): FieldRequest => ({ name, modifiers: {}, sub: undefined }));
  const answer: Record<string, Json> = {};
  for (const request of wanted) {
    const field = Object.hasOwn(view.fields, request.name) ? view.fields[request.name] : undefined;
    if (!field) throw noSuchField(request.name, view.typeName);
    const value = shape(field(), request, scene);
    if (value !== undefined) answer[request.name] = value;
  }
  answer.id = node.record.id;
  return answer;
}

function shape(field: FieldValue, request: FieldRequest, scene: Scene): Json | undefined {
  if (field.is === 'json') return pick(field.value, request.sub);
  if (field.is === 'edge') return field.read(request.modifiers, request.sub);
  if (field.node === undefined) return undefined;
  return request.sub ? select(field.node, request.sub, scene) : { id: field.node.record.id };
}

function pick(value: Json | undefined, sub: readonly FieldRequest[] | undefined): Json | undefined {
  if (!sub || !isObject(value)) return value;
  return Object.fromEntries(sub.map(({ name, sub: deeper }) => [name, pick(value[name], deeper)]));
}
