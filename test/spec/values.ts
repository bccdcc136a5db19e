import { elementOf, type Oracle } from './oracle.ts';

const GRAPH_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/;

/** What is wrong with a JSON value of an answer that should be of a type; empty when it fits. */
export function misfits(oracle: Oracle, type: string, value: unknown, at: string): readonly string[] {
  const must = (holds: boolean) => (holds ? [] : [`${at} should be ${type}, it is ${JSON.stringify(value)?.slice(0, 80)}`]);
  if (type === 'string' || type === 'file') return must(typeof value === 'string');
  if (type === 'bool') return must(typeof value === 'boolean');
  if (type === 'int') return must(Number.isInteger(value));
  if (type === 'unsigned int') return must(Number.isInteger(value) && Number(value) >= 0);
  if (type === 'float') return must(typeof value === 'number');
  if (type === 'datetime') return must(typeof value === 'string' && GRAPH_TIME.test(value));
  if (type === 'list') return must(Array.isArray(value));
  const allowed = oracle.enumValues(type);
  if (allowed) return must(typeof value === 'string' && allowed.includes(value));
  if (type.startsWith('list<')) {
    if (!Array.isArray(value)) return must(false);
    return value.flatMap((item, index) => misfits(oracle, elementOf(type), item, `${at}[${index}]`));
  }
  if (!isObject(value)) return must(false);
  const held = /^map<\w+, (.*)>$/.exec(type)?.[1];
  if (held !== undefined) return Object.entries(value).flatMap(([key, item]) => misfits(oracle, held, item, `${at}.${key}`));
  // Most classes that are named are not kept: of those nothing more than being an object is known.
  if (oracle.node(type) === undefined) return [];
  return shapeMisfits(oracle, type, value, at);
}

/** What is wrong with an object that should be a node or shape of the spec: fields it does not have, and values. */
export function shapeMisfits(
  oracle: Oracle,
  className: string,
  value: Readonly<Record<string, unknown>>,
  at: string,
): readonly string[] {
  return Object.entries(value).flatMap(([field, item]) => {
    const where = `${at}.${field}`;
    const type = oracle.fieldType(className, field);
    if (type !== undefined) return misfits(oracle, type, item, where);
    const edge = oracle.call(className, `GET /${field}`);
    if (edge) return pageMisfits(oracle, className, field, item, where);
    return [`${where}: ${className} has no field ${field}`];
  });
}

/** What is wrong with a page of an edge: its items, and its `paging` and `summary`, which no generated class describes. */
export function pageMisfits(oracle: Oracle, className: string, edge: string, value: unknown, at: string): readonly string[] {
  if (!isObject(value) || !Array.isArray(value.data)) return [`${at} should be a page of a list`];
  const returns = oracle.call(className, `GET /${edge}`)?.returns ?? 'Object';
  const { data, ...envelope } = value;
  return [
    ...misfits(oracle, `list<${returns}>`, data, `${at}.data`),
    ...Object.entries(envelope).flatMap(([name, item]) => {
      const type = oracle.fieldType(`Page of ${edge}`, name) ?? oracle.fieldType('Page of a list', name);
      return type === undefined ? [`${at}.${name}: a page has no ${name}`] : misfits(oracle, type, item, `${at}.${name}`);
    }),
  ];
}

/** What is wrong with a parameter as it travels: text, with lists and maps as JSON. */
export function textMisfits(oracle: Oracle, type: string, text: string, at: string): readonly string[] {
  const must = (holds: boolean) => (holds ? [] : [`${at} should be ${type}, it is "${text.slice(0, 80)}"`]);
  const allowed = oracle.enumValues(type);
  if (allowed) return must(allowed.includes(text));
  if (type === 'bool') return must(/^(true|false|0|1)$/.test(text));
  if (type === 'int') return must(/^-?\d+$/.test(text));
  if (type === 'unsigned int') return must(/^\d+$/.test(text));
  if (type === 'float') return must(text.trim() !== '' && !Number.isNaN(Number(text)));
  if (type === 'datetime') return must(/^\d+$/.test(text) || !Number.isNaN(Date.parse(text)));
  if (type.startsWith('list')) {
    const items = text.startsWith('[') ? parsed(text) : text.split(',');
    if (!Array.isArray(items)) return must(false);
    const word = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item));
    return type === 'list' ? [] : items.flatMap((item) => textMisfits(oracle, elementOf(type), word(item), at));
  }
  if (type.startsWith('map') || /^[A-Z]/.test(type)) return must(isObject(parsed(text)));
  return [];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
