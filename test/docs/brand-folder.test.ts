import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WARNINGS } from '../../config/warnings/warning.ts';

test('the page for marketers explains every warning of check', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/brand-folder.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `([a-z-]+)` \| /gm)].map((match) => match[1]);
  expect(explained).toEqual([...WARNINGS]);
});
