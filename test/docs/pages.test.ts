import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSettings, SETTING_NAMES } from '../../config/environment.ts';
import { OUTCOMES, WAITING_REASONS } from '../../domain/outcome.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { guardrailsPage } from '../../scripts/docs/guardrails-page.ts';
import { listed } from '../../scripts/planted/report.ts';
import { NOT_SENT_REASONS } from '../../store/gate.ts';
import { FAULTS } from '../planted/faults.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const operations = read('docs/operations.md');

/** First and second cell of each row of the tables below a heading, code marks taken off; up to the next heading. */
function rowsBelow(page: string, heading: string): readonly (readonly [string, string])[] {
  const [, after = ''] = page.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/^\| (`[^|]+`) \| ([^|]+) \|/gm)].map(([, first = '', second = '']) => [
    first.replaceAll('`', ''),
    second.replaceAll('`', '').trim(),
  ]);
}

const firstCells = (page: string, heading: string) => rowsBelow(page, heading).map(([first]) => first);

describe('the operations page', () => {
  test('lists every setting, and none that is not read', () => {
    expect(firstCells(operations, 'Settings').sort()).toEqual([...SETTING_NAMES].sort());
  });

  test('gives every setting the default that it has', () => {
    const told = new Map(rowsBelow(operations, 'Settings').filter(([, value]) => !value.startsWith('none')));
    expect(readSettings(Object.fromEntries(told))).toEqual(readSettings({}));
    expect(told.size).toBe(SETTING_NAMES.length - 3);
  });

  test('says what to do about every outcome, worst first', () => {
    expect(firstCells(operations, 'Outcomes, and what to do')).toEqual([...OUTCOMES]);
  });

  test('says what ends every wait', () => {
    expect(firstCells(operations, 'Waits, and what to do').sort()).toEqual([...WAITING_REASONS].sort());
  });

  test('names every search attribute', () => {
    const named = firstCells(operations, 'Find runs').flatMap((cell) => cell.match(/\bFc[A-Za-z]+/g) ?? []);
    expect([...new Set(named)].sort()).toEqual(Object.keys(SEARCH_ATTRIBUTES).sort());
  });
});

test('the architecture page names every reason for which the gate refuses', () => {
  const named = firstCells(read('docs/architecture.md'), 'The gate').flatMap((cell) => cell.split(', '));
  expect(named.sort()).toEqual([...NOT_SENT_REASONS].sort());
});

test('the guardrails page is the one that the rules give', () => {
  expect(read('docs/guardrails.md')).toBe(guardrailsPage());
});

test('the testing page lists the planted faults that there are', () => {
  expect(read('docs/testing.md').split('\n\n')).toContain(listed(FAULTS));
});

describe('every page', () => {
  const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT });

  test.each(pages)('%s links only to files and headings that are there', (page) => {
    const text = read(page).replaceAll(/^```[\s\S]*?^```/gm, '');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '').filter((to) => !/^[a-z]+:/.test(to));
    const broken = targets.filter((to) => {
      const [file = '', heading] = to.split('#');
      const path = file === '' ? join(ROOT, page) : join(ROOT, dirname(page), file);
      return !existsSync(path) || (heading !== undefined && !anchorsOf(path).includes(heading));
    });
    expect(broken).toEqual([]);
  });

  test('of docs/ is in its index', () => {
    const index = read('docs/README.md') + read('docs/decisions/README.md');
    const names = pages.filter((page) => page.startsWith('docs/') && !page.endsWith('README.md'));
    expect(names.length).toBeGreaterThan(5);
    const isListed = (page: string) =>
      [page.split('/').at(-1), page.slice('docs/'.length)].some((link) => index.includes(`(${link})`));
    expect(names.filter((page) => !isListed(page))).toEqual([]);
  });
});

/** Headings as GitHub makes them into anchors. */
function anchorsOf(path: string): readonly string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
