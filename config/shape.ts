import { z } from 'zod';
import { suggest } from './did-you-mean.ts';
import { clipped, type Problem } from './problem.ts';
import { problemAt, problemAtKey, type YamlFile } from './yaml-file.ts';

/** A file's content in its shape; `null` when it is too broken to be looked at further. */
export interface Shaped<T> {
  readonly file: YamlFile;
  readonly value: T | null;
  readonly problems: readonly Problem[];
}

/** A text that has to fit `shape`; `what` completes "write …". */
export function fitting(shape: RegExp, what: string): z.ZodString {
  return z.string().regex(shape, { error: `write ${what}` });
}

/**
 * Holds a file against its schema. Every mistake is a problem at its place. A file whose only mistakes are unknown keys is
 * still answered, without them, so that the checks across files can go on.
 */
export function checkShape<T>(file: YamlFile, schema: z.ZodType<T>): Shaped<T> {
  const content: unknown = file.document.toJS();
  const result = schema.safeParse(content);
  if (result.success) return { file, value: result.data, problems: [] };
  const { issues } = result.error;
  const problems = someOf(file, issues, content, schema);
  const onlyUnknownKeys = issues.every(({ code }) => code === 'unrecognized_keys');
  const again = onlyUnknownKeys ? schema.safeParse(withoutKeys(content, issues)) : null;
  return { file, value: again?.success ? again.data : null, problems };
}

/** Whoever has made more mistakes than this in one file mends the first ones first. */
const MOST_PROBLEMS = 100;

function someOf(file: YamlFile, issues: readonly z.core.$ZodIssue[], content: unknown, schema: z.ZodType): readonly Problem[] {
  const told = issues
    .map((issue) => (issue.code === 'unrecognized_keys' ? { ...issue, keys: issue.keys.slice(0, MOST_PROBLEMS) } : issue))
    .slice(0, MOST_PROBLEMS)
    .flatMap((issue) => problemsOf(file, issue, content, schema));
  const all = issues.reduce((count, issue) => count + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  if (all <= MOST_PROBLEMS) return told;
  const more = problemAt(
    file,
    [],
    `${all - MOST_PROBLEMS} more mistakes are in this file`,
    'mend the first ones, and look again',
  );
  return [...told.slice(0, MOST_PROBLEMS), more];
}

function problemsOf(file: YamlFile, issue: z.core.$ZodIssue, content: unknown, schema: z.ZodType): readonly Problem[] {
  const { path } = issue;
  const found = path.reduce<unknown>((value, key) => memberOf(value, key), content);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = keysAt(schema, path, content);
        return problemAtKey(
          file,
          [...path, key],
          `"${clipped(key)}" is not known here`,
          suggest(
            key,
            known.filter((each) => !hasMember(found, each)),
          ),
        );
      });
    case 'invalid_type':
      return [found === undefined ? missing(file, path, issue.expected) : wrongType(file, path, issue.expected, found)];
    case 'invalid_value': {
      const known = issue.values.map(String);
      if (found === undefined) return [missing(file, path, known.join(' or '))];
      return [
        problemAt(
          file,
          path,
          `${show(found)} is not known here`,
          typeof found === 'string' ? suggest(found, known) : `write ${known.join(' or ')}`,
        ),
      ];
    }
    case 'invalid_key':
      return [
        problemAtKey(
          file,
          path,
          `"${clipped(String(path.at(-1)))}" is not a fitting name`,
          issue.issues[0]?.message ?? 'write another name',
        ),
      ];
    case 'invalid_union': {
      const known = tagsAt(schema, path, content);
      if (found === undefined) return [missing(file, path, known.join(' or '))];
      return [problemAt(file, path, `${show(found)} is not known here`, suggest(String(found), known))];
    }
    case 'too_small':
      return [problemAt(file, path, `${show(found)} is too little`, `write at least ${issue.minimum}`)];
    default:
      return [problemAt(file, path, `${show(found)} does not fit`, issue.message)];
  }
}

function missing(file: YamlFile, path: readonly PropertyKey[], expected: string): Problem {
  return problemAt(file, path, `"${clipped(String(path.at(-1) ?? 'content'))}" is missing`, `add it (${article(expected)})`);
}

function wrongType(file: YamlFile, path: readonly PropertyKey[], expected: string, found: unknown): Problem {
  if (expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')) {
    return problemAt(file, path, `${String(found)} is read as a ${typeof found}`, `put it in quotes: '${String(found)}'`);
  }
  return problemAt(file, path, `${show(found)} stands where ${article(expected)} belongs`, `write ${article(expected)}`);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (one "- " per entry)',
  object: 'a block of keys',
  record: 'a block of keys',
};

function article(expected: string): string {
  return TYPE_WORDS[expected] ?? expected;
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a block of keys';
  return typeof value === 'string' ? JSON.stringify(clipped(value)) : String(value);
}

/** The keys that the schema knows at a path; for a union those of the member that the content chose. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[], content: unknown): readonly string[] {
  let at: unknown = schema;
  let value = content;
  for (const key of path) {
    at = stepInto(choose(at, value), key);
    value = memberOf(value, key);
  }
  const chosen = choose(at, value);
  return chosen instanceof z.ZodObject ? Object.keys(chosen.shape) : [];
}

/** The values that tell a union's members apart, where the path leads to the key that holds them. */
function tagsAt(schema: z.ZodType, path: readonly PropertyKey[], content: unknown): readonly string[] {
  let at: unknown = schema;
  let value = content;
  for (const key of path.slice(0, -1)) {
    at = stepInto(choose(at, value), key);
    value = memberOf(value, key);
  }
  if (!(at instanceof z.ZodUnion)) return [];
  return at.options.flatMap((option) => {
    const tag = option instanceof z.ZodObject ? option.shape[String(path.at(-1))] : null;
    return tag instanceof z.ZodLiteral ? [...tag.values].map(String) : [];
  });
}

function choose(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return choose(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.find((option) => option instanceof z.ZodObject && fitsTag(option, value)) ?? schema.options[0];
  }
  return schema;
}

function fitsTag(option: z.ZodObject, value: unknown): boolean {
  return Object.entries(option.shape).every(
    ([key, member]) => !(member instanceof z.ZodLiteral) || member.safeParse(memberOf(value, key)).success,
  );
}

function stepInto(schema: unknown, key: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

function hasMember(value: unknown, key: string): boolean {
  return memberOf(value, key) !== undefined;
}

function withoutKeys(content: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(content);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const holder = issue.path.reduce<unknown>((value, key) => memberOf(value, key), copy);
    if (typeof holder !== 'object' || holder === null) continue;
    for (const key of issue.keys) Reflect.deleteProperty(holder, key);
  }
  return copy;
}
