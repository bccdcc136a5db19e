// `npm run json-schema`: writes the JSON Schemas of the brand folder into config/json-schema.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jsonSchemas } from '../config/json-schema.ts';

const FOLDER = join(dirname(import.meta.dirname), 'config', 'json-schema');

mkdirSync(FOLDER, { recursive: true });
for (const { name, text } of jsonSchemas()) writeFileSync(join(FOLDER, name), text);
process.stdout.write(`config/json-schema: ${jsonSchemas().length} schemas\n`);
