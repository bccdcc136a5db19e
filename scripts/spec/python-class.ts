/** One generated class: names and types, nothing of its code. */
export interface PythonClass {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that are named without a type. The generator leaves none; a few classes were added to by hand. */
  readonly untyped: readonly string[];
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly calls: readonly PythonCall[];
}

/** One request that the class can make: on itself (`/`) or on an edge. */
export interface PythonCall {
  readonly method: string;
  readonly endpoint: string;
  readonly params: Readonly<Record<string, string>>;
  /** What stands for an enum in `params`: the class's name and the enum's, or the values themselves. */
  readonly enums: Readonly<Record<string, string | readonly string[]>>;
  readonly returns: string;
}

/**
 * Reads a class by the regular shape that Meta's generator gives it. Anything that looks like a request, a parameter or a
 * field and does not have this shape is an error: a quiet gap would make the oracle blind.
 * @throws Error naming the class and the line
 */
export function readPythonClass(source: string): PythonClass | undefined {
  const name = /^class (\w+)\($/m.exec(source)?.[1];
  if (name === undefined) return undefined;
  const members = source.split(/^ {4}(?=def |class |_field_types|@)/m).slice(1);
  const enums: Record<string, readonly string[]> = {};
  const calls: PythonCall[] = [];
  let fields: Readonly<Record<string, string>> = {};
  for (const member of members) {
    const enumName = /^class (\w+):$/m.exec(member)?.[1];
    if (enumName !== undefined) enums[enumName] = enumValues(member, `${name}.${enumName}`);
    if (member.startsWith('_field_types = {')) fields = entries(member, ' {8}', name);
    if (member.startsWith('def ') && member.includes('FacebookRequest(')) calls.push(readCall(member, name));
  }
  const requests = source.split('FacebookRequest(').length - 1;
  if (requests !== calls.length) throw new Error(`${name}: ${requests} requests, but ${calls.length} could be read`);
  const listed = /^ {4}class Field\(AbstractObject\.Field\):\n((?: {8}.*\n)*)/m.exec(source)?.[1] ?? '';
  const names = [...listed.matchAll(/ = '(.+)'/g)].map(([, field = '']) => field);
  return { name, fields, untyped: names.filter((field) => fields[field] === undefined), enums, calls };
}

function readCall(member: string, owner: string): PythonCall {
  const called = `${owner}.${/^def (\w+)/.exec(member)?.[1]}`;
  const one = (pattern: RegExp, what: string): string => {
    const found = pattern.exec(member)?.[1];
    if (found === undefined) throw new Error(`${called} names no ${what}`);
    return found;
  };
  return {
    method: one(/^ {12}method='(\w+)',$/m, 'method'),
    endpoint: one(/^ {12}endpoint='([^']*)',$/m, 'endpoint'),
    params: entries(one(/^ {8}param_types = (\{\n[\s\S]*?^ {8}\})$/m, 'param_types'), ' {12}', called),
    enums: enumWords(one(/^ {8}enums = (\{\n[\s\S]*?^ {8}\})$/m, 'enums'), called),
    returns: one(/^ {12}target_class=(\w+),$/m, 'target_class'),
  };
}

/** `'name': 'type',` on each line between the braces. */
function entries(block: string, indent: string, owner: string): Readonly<Record<string, string>> {
  const inner = /\{\n([\s\S]*?)^ *\}/m.exec(block)?.[1] ?? '';
  const line = new RegExp(`^${indent}'([^']+)': '([^']+)',?$`);
  return Object.fromEntries(
    inner
      .split('\n')
      .filter((text) => text !== '')
      .map((text) => {
        const [, key, type] = line.exec(text) ?? [];
        if (key === undefined || type === undefined) throw new Error(`${owner}: not a name with a type: ${text.trim()}`);
        return [key, type];
      }),
  );
}

/** `'x_enum': Class.Enum.__dict__.values(),` or a list of values over several lines. */
function enumWords(block: string, owner: string): Readonly<Record<string, string | readonly string[]>> {
  const found: Record<string, string | readonly string[]> = {};
  const rest = block.slice(1, -1).replace(/^ {12}'(\w+)': \[\n([\s\S]*?)^ {12}\],$/gm, (_all, key: string, list: string) => {
    found[key] = [...list.matchAll(/'([^']*)'/g)].map(([, value = '']) => value);
    return '';
  });
  for (const text of rest.split('\n').filter((line) => line.trim() !== '')) {
    const [, key, reference] = /^ {12}'(\w+)': (\w+\.\w+)\.__dict__\.values\(\),$/.exec(text) ?? [];
    if (key === undefined || reference === undefined) throw new Error(`${owner}: not an enum: ${text.trim()}`);
    found[key] = reference;
  }
  return found;
}

function enumValues(member: string, owner: string): readonly string[] {
  const lines = member.split('\n').slice(1);
  const values = lines.filter((line) => line.startsWith('        ')).map((line) => /^ {8}\w+ = '([^']*)'$/.exec(line)?.[1]);
  if (values.some((value) => value === undefined)) throw new Error(`${owner} has a value that cannot be read`);
  return values.filter((value) => value !== undefined);
}
