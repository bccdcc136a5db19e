import { PACKAGE } from './package.ts';
import type { PythonCall, PythonClass } from './python-class.ts';
import { isWanted, keepsCall } from './wanted.ts';

/** What the oracle knows of one call: its parameters with types, and what it answers with. */
export interface SpecCall {
  readonly params: Readonly<Record<string, string>>;
  readonly returns: string;
}

/** What the oracle knows of one node or shape. */
export interface SpecNode {
  readonly fields: Readonly<Record<string, string>>;
  /** By method and endpoint: `GET /comments`, `POST /` for the node itself. */
  readonly calls: Readonly<Record<string, SpecCall>>;
}

/** Meta's published shapes: names and types. An enum is a type called `Class.Enum`. */
export interface GraphApi {
  readonly package: typeof PACKAGE;
  readonly nodes: Readonly<Record<string, SpecNode>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

/** Puts the wanted classes together, sorted, with the enums that they name. */
export function graphApiOf(classes: ReadonlyMap<string, PythonClass>): GraphApi {
  const nodes: Record<string, SpecNode> = {};
  const enums: Record<string, readonly string[]> = {};

  /** Writes an enum down under its full name, which is its type from then on. */
  function enumType(className: string, enumName: string): string | undefined {
    const values = classes.get(className)?.enums[enumName];
    if (values === undefined) return undefined;
    enums[`${className}.${enumName}`] = [...new Set(values)].sort();
    return `${className}.${enumName}`;
  }

  function callOf(call: PythonCall, owner: string): SpecCall {
    const params = Object.entries(call.params).map(([name, type]) => {
      const written = type.replace(/\w+_enum\b/, (word) => {
        const meant = call.enums[word];
        if (meant === undefined) throw new Error(`${owner} ${call.endpoint}: ${word} is not explained`);
        if (typeof meant !== 'string') return `enum(${[...meant].sort().join('|')})`;
        const [className = '', enumName = ''] = meant.split('.');
        const found = enumType(className, enumName);
        if (found === undefined) throw new Error(`${owner} ${call.endpoint}: there is no enum ${meant}`);
        return found;
      });
      return [name, written] as const;
    });
    return { params: Object.fromEntries(params.sort(byName)), returns: call.returns };
  }

  for (const [name, found] of [...classes].filter(([each]) => isWanted(each)).sort(byName)) {
    if (found.untyped.length > 0) throw new Error(`${name} has fields without a type: ${found.untyped.join(', ')}`);
    const fields = Object.entries(found.fields).map(([field, type]) => {
      return [field, type.replace(/\b[A-Z]\w+\b/, (word) => enumType(name, word) ?? word)] as const;
    });
    const calls = new Map<string, SpecCall>();
    for (const call of found.calls.filter(({ endpoint }) => keepsCall(name, endpoint))) {
      const key = `${call.method} ${call.endpoint}`;
      if (calls.has(key)) throw new Error(`${name} has ${key} twice`);
      calls.set(key, callOf(call, name));
    }
    nodes[name] = { fields: Object.fromEntries(fields.sort(byName)), calls: Object.fromEntries([...calls].sort(byName)) };
  }
  return { package: PACKAGE, nodes, enums: Object.fromEntries(Object.entries(enums).sort(byName)) };
}

/** The file's bytes: two spaces, lists of values on one line. */
export function written(api: GraphApi): string {
  const text = JSON.stringify(api, null, 2);
  return `${text.replaceAll(/\[\n\s+([^\]{]*?)\n\s+\]/g, (_all, inner: string) => `[${inner.replaceAll(/\n\s+/g, ' ')}]`)}\n`;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
