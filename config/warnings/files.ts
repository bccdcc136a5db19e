import { join } from 'node:path';
import { namesIn } from '../folder.ts';
import { jsonSchemas, SCHEMA_FOLDER } from '../json-schema.ts';
import { readText } from '../read-text.ts';
import type { Looked, Warning } from './warning.ts';

/** Files that nobody reads because of their ending, and copies of the JSON Schemas that are of another version. */
export function fileWarnings({ folder }: Looked): readonly Warning[] {
  const misnamed = ['', 'copy/'].flatMap((part) =>
    (namesIn(join(folder, part)) ?? []).filter((name) => name.endsWith('.yml')).map((name) => `${part}${name}`),
  );
  return [
    ...misnamed.map((name): Warning => {
      const mend = `name it ${name.replace(/yml$/, 'yaml')}`;
      return { warning: 'unread-file', place: `${name}:1:1`, path: '', problem: 'nobody reads this file', mend };
    }),
    ...oldSchemas(folder),
  ];
}

function oldSchemas(folder: string): readonly Warning[] {
  const there = new Set(namesIn(join(folder, SCHEMA_FOLDER)) ?? []);
  return jsonSchemas().flatMap(({ name, text }): readonly Warning[] => {
    if (!there.has(name)) return [];
    const read = readText(join(folder, SCHEMA_FOLDER, name));
    if (read.ok && read.text === text) return [];
    const problem = 'this copy is not of the version that runs, so editors show something else than `check` does';
    const mend = 'run `first-comment init --schemas` for this folder';
    return [{ warning: 'old-json-schema', place: `${SCHEMA_FOLDER}/${name}:1:1`, path: '', problem, mend }];
  });
}
