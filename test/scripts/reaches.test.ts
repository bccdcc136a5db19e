import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reaches } from '../setup/reaches.ts';

const at = (path: string) => join(import.meta.dirname, '..', path);

test('the Temporal server is started for test files that use it, directly or through helpers, and for no others', () => {
  const server = at('helpers/temporal.ts');
  expect(reaches([at('workflows/happy.test.ts')], server)).toBe(true);
  expect(reaches([at('config/brand.test.ts'), at('docs/readme.test.ts')], server)).toBe(true);
  expect(reaches([at('config/brand.test.ts'), at('domain/link.test.ts')], server)).toBe(false);
});
