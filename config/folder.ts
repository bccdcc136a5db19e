import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import {
  approvalsSchema,
  brandSchema,
  type CopyFile,
  connectionsSchema,
  copySchema,
  identitiesSchema,
  linksSchema,
  marketsSchema,
  patternsSchema,
} from './schemas.ts';
import { checkShape, type Shaped } from './shape.ts';
import { readYaml } from './yaml-file.ts';

/** A file of the folder that fits its shape. */
export interface Part<T> {
  readonly file: Shaped<T>['file'];
  readonly value: T;
}

const SCHEMAS = {
  brand: brandSchema,
  identities: identitiesSchema,
  markets: marketsSchema,
  patterns: patternsSchema,
  links: linksSchema,
  approvals: approvalsSchema,
  connections: connectionsSchema,
} as const;
type Name = keyof typeof SCHEMAS;

/** Every file of a brand folder that can be read; one that is missing or misshapen is `null`, and its problems say why. */
export type Folder = { readonly [name in Name]: Part<z.infer<(typeof SCHEMAS)[name]>> | null } & {
  readonly copy: readonly Part<CopyFile>[];
  /** Names of copy files that are there but cannot be used; what they may hold is not reported as missing. */
  readonly brokenCopy: readonly string[];
};

/** Reads all files of a brand folder and holds each against its shape. */
export function readFolder(folder: string): { readonly files: Folder; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>): Part<T> | null => {
    const yaml = readYaml(folder, name);
    problems.push(...yaml.problems);
    if (!yaml.file) return null;
    const shaped = checkShape(yaml.file, schema);
    problems.push(...shaped.problems);
    return shaped.value === null ? null : { file: shaped.file, value: shaped.value };
  };
  const names = copyFiles(folder);
  const copy = names.map((name) => ({ name, part: read(name, copySchema) }));
  const files: Folder = {
    brand: read('brand.yaml', SCHEMAS.brand),
    identities: read('identities.yaml', SCHEMAS.identities),
    markets: read('markets.yaml', SCHEMAS.markets),
    patterns: read('patterns.yaml', SCHEMAS.patterns),
    links: read('links.yaml', SCHEMAS.links),
    approvals: read('approvals.yaml', SCHEMAS.approvals),
    connections: read('connections.yaml', SCHEMAS.connections),
    copy: copy.flatMap(({ part }) => (part ? [part] : [])),
    brokenCopy: copy.flatMap(({ name, part }) => (part ? [] : [name])),
  };
  return { files, problems };
}

/** All files that could be read and fit their shapes. */
export function partsOf({ copy, brokenCopy: _, ...single }: Folder): readonly Part<unknown>[] {
  return [...Object.values(single).filter((part) => part !== null), ...copy];
}

/** Whether there is a folder at all; what cannot be looked at is none. */
export function isFolder(path: string): boolean {
  return namesIn(path) !== null;
}

/** The one mistake of a folder that is not there. It has no place. */
export function noFolder(folder: string): Problem {
  return { place: '', path: '', problem: `There is no folder ${folder}`, mend: 'name a folder that holds a brand.yaml' };
}

/** Names in a folder, sorted; `null` when it is none or cannot be read. */
export function namesIn(path: string): readonly string[] | null {
  try {
    return readdirSync(path).sort();
  } catch {
    return null; // missing, no folder, a loop of links, not allowed: the files that should be in it are told as missing
  }
}

/** `copy/de-DE.yaml` …, sorted. */
function copyFiles(folder: string): readonly string[] {
  const names = namesIn(join(folder, 'copy')) ?? [];
  return names.filter((name) => name.endsWith('.yaml')).map((name) => `copy/${name}`);
}
