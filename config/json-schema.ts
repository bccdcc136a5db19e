import { z } from 'zod';
import { readText } from './read-text.ts';
import {
  approvalsSchema,
  brandSchema,
  connectionsSchema,
  copySchema,
  identitiesSchema,
  linksSchema,
  marketsSchema,
  patternsSchema,
} from './schemas.ts';

const MADE = 'Made from config/schemas/ by "npm run json-schema"; not written by hand.';

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  approvals: approvalsSchema,
  brand: brandSchema,
  connections: connectionsSchema,
  copy: copySchema,
  identities: identitiesSchema,
  links: linksSchema,
  markets: marketsSchema,
  patterns: patternsSchema,
};

/** Where a brand folder keeps its copies of the schemas, so that it needs nothing of this checkout. */
export const SCHEMA_FOLDER = 'json-schema';

/** One JSON Schema as it is written to disk. */
export interface SchemaFile {
  /** `brand.schema.json` */
  readonly name: string;
  readonly text: string;
}

/**
 * The brand folder's shapes as JSON Schema, for editors. Draft 7, which every YAML extension reads. They say less than
 * `check`: nothing about days that do not exist, and nothing across files.
 */
export function jsonSchemas(): readonly SchemaFile[] {
  return Object.entries(SCHEMAS).map(([name, schema]) => {
    const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
    const content = { $schema, $comment: MADE, ...rest };
    return { name: schemaName(name), text: `${JSON.stringify(content, null, 2)}\n` };
  });
}

/** Whether a file is one of these copies, of whatever version: then it may be written over. */
export function isMadeSchema(path: string): boolean {
  const read = readText(path);
  return read.ok && read.text.includes(`"$comment": ${JSON.stringify(MADE)}`);
}

/** The name of the schema for a file of the folder: `brand.yaml` → `brand.schema.json`, `copy/de-DE.yaml` → `copy.schema.json`. */
export function schemaFor(file: string): string {
  return schemaName(file.startsWith('copy/') ? 'copy' : file.replace(/\.yaml$/, ''));
}

function schemaName(name: string): string {
  return `${name}.schema.json`;
}
