import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const contrastsSchema = z.object({ poor: z.array(z.string()), measured: z.int() });
const script = readFileSync(join(import.meta.dirname, 'poor-contrasts.js'), 'utf8');

/** The texts of a page that are hard to read, and how many were looked at. */
export async function contrastsOf(page: Page): Promise<z.output<typeof contrastsSchema>> {
  return contrastsSchema.parse(await page.evaluate(script));
}
