import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphApi, SpecCall, SpecNode } from '../../scripts/spec/graph-api.ts';
import { BEYOND, type Beyond, type Side } from './beyond.ts';

export const DATA = join(import.meta.dirname, 'data');
export const API = JSON.parse(readFileSync(join(DATA, 'graph-api.json'), 'utf8')) as GraphApi;

/** The published shapes, widened for one side by its lines of `beyond.ts`. Remembers which lines it needed. */
export interface Oracle {
  node(className: string): SpecNode | undefined;
  /** The type of a field; `undefined` when neither the spec nor a line has it. */
  fieldType(className: string, field: string): string | undefined;
  /** A call of a node, `GET /comments`; or of no node: `GET /debug_token` with class name ''. */
  call(className: string, key: string): SpecCall | undefined;
  /** The type of a parameter of a call. */
  paramType(className: string, key: string, param: string): string | undefined;
  /** Values of an enum that is named as a type. */
  enumValues(type: string): readonly string[] | undefined;
  /** Whether a header of an answer is known. */
  knowsHeader(name: string): boolean;
  /** This side's lines, and fields of its shapes, that nothing has needed yet. */
  idleLines(): readonly string[];
}

export function oracleFor(side: Side): Oracle {
  const lines = new Map(BEYOND.filter(({ needs }) => needs.includes(side)).map((line) => [keyOf(line), line]));
  const used = new Set<string>();

  function line<K extends Beyond['kind']>(kind: K, what: string): Extract<Beyond, { kind: K }> | undefined {
    const found = lines.get(`${kind} ${what}`);
    if (found?.kind !== kind) return undefined;
    used.add(keyOf(found));
    return found as Extract<Beyond, { kind: K }>;
  }

  function node(className: string): SpecNode | undefined {
    const known = API.nodes[className];
    if (known) return known;
    const shape = line('shape', className);
    return shape && { fields: shape.fields, calls: {} };
  }

  function call(className: string, key: string): SpecCall | undefined {
    const known = API.nodes[className]?.calls[key];
    if (known) return known;
    return line('call', className === '' ? key : `${className} ${key}`);
  }

  return {
    node,
    call,
    fieldType(className, field) {
      const inSpec = node(className)?.fields[field];
      if (inSpec !== undefined && API.nodes[className] === undefined) used.add(`shape ${className}.${field}`);
      // Where the spec only says "some object", a line may say which.
      if (inSpec !== undefined && elementOf(inSpec) !== 'Object') return inSpec;
      return line('field', `${className}.${field}`)?.type ?? inSpec;
    },
    paramType(className, key, param) {
      const known = call(className, key)?.params[param];
      if (known !== undefined) return known;
      const [method = '', endpoint = ''] = key.split(' ');
      const edges = endpoint === '/' || className === '' ? [] : [`${method} of an edge: ${param}`];
      const wheres = [
        `${className} ${key}: ${param}`,
        `${key}: ${param}`,
        ...edges,
        `${method}: ${param}`,
        `every call: ${param}`,
      ];
      return wheres.map((what) => line('param', what)?.type).find((type) => type !== undefined);
    },
    enumValues(type) {
      const inline = /^enum\((.*)\)$/.exec(type)?.[1];
      return inline?.split('|') ?? API.enums[type];
    },
    knowsHeader: (name) => line('header', name) !== undefined,
    idleLines() {
      const fields = [...lines.values()].flatMap((each) =>
        each.kind === 'shape' ? Object.keys(each.fields).map((field) => `${keyOf(each)}.${field}`) : [],
      );
      return [...lines.keys(), ...fields].filter((key) => !used.has(key));
    },
  };
}

/** `list<AdLabel>` holds `AdLabel`; anything else holds itself. */
export function elementOf(type: string): string {
  return /^list<(.*)>$/.exec(type)?.[1] ?? type;
}

function keyOf({ kind, what }: Beyond): string {
  return `${kind} ${what}`;
}
