/** Any JSON value, read-only. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Where a value stands in an answer; empty for the whole answer. */
export type FieldPath = readonly (string | number)[];

/** As errors write it: `data.0.from.id`. */
export function writtenPath(path: FieldPath): string {
  return path.join('.');
}

/** The path without places in lists: one name for the same field of every entry. */
export function fieldName(path: FieldPath): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
}

/** All places of a value, itself first. Of a list the first two entries and the last stand for the others. */
export function pathsOf(value: Json, here: FieldPath = []): readonly FieldPath[] {
  if (isList(value)) {
    const chosen = [...new Set([0, 1, value.length - 1])].filter((index) => index >= 0 && index < value.length);
    return [here, ...chosen.flatMap((index) => pathsOf(value[index] ?? null, [...here, index]))];
  }
  if (!isRecord(value)) return [here];
  return [here, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...here, key]))];
}

export function valueAt(value: Json, path: FieldPath): Json | undefined {
  return path.reduce<Json | undefined>((inner, step) => childOf(inner, step), value);
}

/** The value with another one at `path`; `undefined` takes the place out. */
export function withValue(value: Json, path: FieldPath, replacement: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return replacement ?? null;
  const inner = rest.length === 0 ? replacement : withValue(childOf(value, step) ?? null, rest, replacement);
  if (isList(value)) {
    return value.flatMap((entry, index) => (index !== step ? [entry] : inner === undefined ? [] : [inner]));
  }
  const others = Object.entries(isRecord(value) ? value : {}).filter(([key]) => key !== String(step));
  return Object.fromEntries(inner === undefined ? others : [...others, [step, inner]]);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function childOf(value: Json | undefined, step: string | number): Json | undefined {
  if (isList(value)) return value[Number(step)];
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
