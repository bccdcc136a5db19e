import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ version: z.string() });

/** The version that package.json names. */
export function versionOfPackage(): string {
  const file = join(dirname(import.meta.dirname), 'package.json');
  return manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
