import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NEEDED_SCOPES } from '../../platforms/meta/scopes.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const PERMISSION = /`((?:ads|pages|instagram|business)_[a-z_]+)`/g;

test('the page about Meta lists the permissions that doctor asks for, in their order', () => {
  const [, section = ''] = read('docs/platforms/meta.md').split('## What must be allowed');
  const rows = [...section.matchAll(/^\| `([a-z_]+)`(?: \(or `([a-z_]+)`\))? \|/gm)].map(([, scope, or]) => ({
    scope,
    or: or ? [or] : [],
  }));
  expect(rows).toEqual(NEEDED_SCOPES.map(({ scope, or = [] }) => ({ scope, or })));
});

test('the page about boundaries has no list of its own: it names what is never asked for, and where the list is', () => {
  const page = read('docs/boundaries.md');
  expect([...page.matchAll(PERMISSION)].map(([, name]) => name)).toEqual(['pages_messaging', 'instagram_manage_messages']);
  expect(page).toContain('](../platforms/meta/scopes.ts)');
  expect(page).toContain('](platforms/meta.md#what-must-be-allowed)');
});
