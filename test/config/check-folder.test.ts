import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder } from '../../config/check-folder.ts';
import { jsonSchemas } from '../../config/json-schema.ts';
import type { Warning } from '../../config/warnings/warning.ts';
import { WARNINGS } from '../../config/warnings/warning.ts';
import { copyHash } from '../../domain/copy/hash.ts';
import { type Change, folderWith } from './folder-with.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

/** One market, one approved text of two, both sides with an identity: nothing to remark. */
const QUIET: readonly Change[] = [
  [
    'identities.yaml',
    'name: Testmarke France\n    marketId: fr-FR',
    `name: Testmarke France\n    marketId: fr-FR\n${instagram('22', 'fr-FR', '21')}`,
  ],
];

function instagram(id: string, market: string, page: string): string {
  return `  - platform: meta\n    kind: instagram-account\n    identityId: '${id}'\n    name: testmarke_${id}\n    marketId: ${market}\n    linkedPageId: '${page}'`;
}

/** A last day in both markets; the mark of its place is in the first one. */
function offer(day: string, mark = '«'): readonly Change[] {
  return [
    ['patterns.yaml', 'days: text', 'days: date'],
    ['approvals.yaml', 'approvals: []\n'],
    ['markets.yaml', "days: { type: text, text: '30' }", `days: { type: date, day: ${mark}'${day}' }`],
    ['markets.yaml', "days: { type: text, text: '30' }", "days: { type: date, day: '2099-01-01' }"],
  ];
}

/** The link text of de-DE approved as it stands with a last day in it. */
function approved(mark: string, end = ''): Change {
  const hash = copyHash('Hier schreibt Testmarke. {$days} Tage Rückgabe. {$link}', { days: 'date', link: 'link' });
  return [
    'approvals.yaml',
    `approvals:\n  - ${mark}pattern: next-step\n    locale: de-DE\n    version: 1\n    capability: link\n    hash: ${hash}\n    approvedBy: Head\n    approvedAt: '2026-11-16T09:30:00Z'\n${end}`,
  ];
}

function warningsWith(...changes: readonly Change[]) {
  const { folder, places } = folderWith(...QUIET, ...changes);
  const { mistakes, warnings } = checkFolder(folder, NOW);
  return { mistakes, warnings, places, folder };
}

test('an approval that ends with the last day of its text is nothing to remark', () => {
  const { mistakes, warnings } = warningsWith(
    ...offer('2027-06-30', ''),
    approved('', "    expiresAt: '2027-06-30T22:00:00Z'\n"),
  );
  expect({ mistakes, warnings }).toEqual({ mistakes: [], warnings: [] });
});

describe('checking a folder', () => {
  test('without mistakes counts what it holds and names the texts that nobody approved', () => {
    const { folder } = folderWith(...QUIET);
    expect(checkFolder(folder, NOW)).toEqual({
      mistakes: [],
      warnings: [],
      brand: { id: 'testmarke', name: 'Testmarke' },
      counts: { accounts: 1, identities: 4, markets: 2, patterns: 1, texts: 4, approved: 1 },
      notApproved: [
        { pattern: 'next-step', locale: 'de-DE', capability: 'no-link', why: 'none' },
        { pattern: 'next-step', locale: 'fr-FR', capability: 'link', why: 'none' },
        { pattern: 'next-step', locale: 'fr-FR', capability: 'no-link', why: 'none' },
      ],
    });
  });

  test('with a mistake still tells what deserves a look in the other files', () => {
    const { mistakes, warnings } = warningsWith(
      ['links.yaml', null],
      ['brand.yaml', 'name: Testmarke\n', 'name: Testmarke # PLACEHOLDER: your brand\n'],
    );
    expect(mistakes.map(({ place }) => place)).toEqual(['links.yaml:1:1']);
    expect(warnings.map(({ warning }) => warning)).toEqual(['placeholder']);
  });

  const CASES: readonly (readonly [Warning['warning'], string, readonly Change[], RegExp])[] = [
    [
      'placeholder',
      'a starter value that still stands there',
      [['brand.yaml', 'name: Testmarke\n', 'name: Testmarke «# PLACEHOLDER: your brand\n']],
      /still stands in this line: your brand/,
    ],
    [
      'no-identity',
      'a market without an Instagram account',
      [
        ['identities.yaml', instagram('22', 'fr-FR', '21'), ''],
        ['markets.yaml', 'id: fr-FR', 'id: «fr-FR'],
      ],
      /fr-FR has no Instagram account/,
    ],
    [
      'never-chosen',
      'a pattern that no rule chooses',
      [
        [
          'patterns.yaml',
          '- id: next-step',
          '- id: «idle\n    purpose: who-speaks\n    slots:\n      link: link\n  - id: next-step',
        ],
        ...(['de-DE', 'fr-FR'] as const).map(
          (locale): Change => [
            `copy/${locale}.yaml`,
            'copy:\n',
            'copy:\n  idle:\n    version: 1\n    link: x {$link}\n    no-link: x\n',
          ],
        ),
      ],
      /chooses idle/,
    ],
    [
      'rule-never-wins',
      'a rule behind a wider one',
      [
        [
          'brand.yaml',
          '      pattern: next-step\n',
          "      pattern: next-step\n    - campaignName: «'DE_X_*_NEW'\n      pattern: next-step\n",
        ],
      ],
      /every campaign that fits "DE_X_\*_NEW" already fits the rule at brand.yaml:10:7/,
    ],
    [
      'approval-ends',
      'an approval that ends soon',
      [['approvals.yaml', "09:30:00Z'", "09:30:00Z'\n    expiresAt: «'2026-12-01T12:00:00Z'"]],
      /ends in 9 days/,
    ],
    [
      'approval-ends',
      'an approval that is over',
      [['approvals.yaml', "09:30:00Z'", "09:30:00Z'\n    expiresAt: «'2026-11-20T12:00:00Z'"]],
      /ended at 2026-11-20/,
    ],
    ['last-day', 'an offer that ends soon', offer('2026-11-30'), /2026-11-30 is over within 14 days in de-DE; from then on/],
    ['last-day', 'an offer that is over', offer('2026-11-21'), /2026-11-21 is over in de-DE, so texts that name days/],
    [
      'approval-outlives-offer',
      'an approval without an end of a text with a last day',
      [...offer('2027-06-30', ''), approved('«')],
      /\(link\) has no end, later than the text's last day \(days 2027-06-30\)/,
    ],
    [
      'approval-outlives-offer',
      'an approval that ends after the last day of its text',
      [...offer('2027-06-30', ''), approved('', "    expiresAt: «'2027-06-30T22:00:01Z'\n")],
      /ends at 2027-06-30T22:00:01Z, later than/,
    ],
    [
      'behind-the-fold',
      'a text that is longer than what a phone shows',
      [['copy/de-DE.yaml', 'no-link: |-\n      Hier', `no-link: «|-\n      ${'Wir sind da. '.repeat(10)}Hier`]],
      /about 125 characters .* and 1 of 2 texts are longer without their link: next-step no-link 17\d characters$/,
    ],
    [
      'unused-value',
      'a value that no text of its market uses',
      [
        ['copy/de-DE.yaml', '{$days} Tage Rückgabe. {$link}', '{$link}'],
        ['copy/de-DE.yaml', '{$days} Tage Rückgabe.', 'Bis bald.'],
        ['approvals.yaml', 'approvals: []\n'],
        ['markets.yaml', 'days: {', '«days: {'],
      ],
      /no text in de-DE uses the value days/,
    ],
    [
      'unused-slot',
      'a slot that no text uses',
      [
        ['patterns.yaml', '      link: link', '      «more: text\n      link: link'],
        ['approvals.yaml', 'approvals: []\n'],
      ],
      /no text of next-step uses the slot more/,
    ],
    ['unread-file', 'a file with another ending', [['copy/it-IT.yml', '«']], /nobody reads this file/],
    ['old-json-schema', 'a JSON Schema of another version', [['json-schema/brand.schema.json', '«{}']], /not of the version/],
  ];

  test.each(CASES)('warns with %s of %s, at its place', (warning, _, changes, problem) => {
    const { mistakes, warnings, places } = warningsWith(...changes);
    const told = warnings.find((each) => each.warning === warning);
    expect(mistakes).toEqual([]);
    expect(told?.problem).toMatch(problem);
    expect(told?.place).toBe(places.at(-1));
    expect(warnings.map((each) => each.warning)).toEqual([warning]);
  });

  test('says nothing of JSON Schemas that are up to date', () => {
    const { folder } = folderWith(...QUIET, ['json-schema/brand.schema.json', '']);
    for (const { name, text } of jsonSchemas()) writeFileSync(join(folder, 'json-schema', name), text);
    expect(checkFolder(folder, NOW).warnings).toEqual([]);
  });

  test('has a case here for every warning', () => {
    expect([...new Set(CASES.map(([warning]) => warning))].sort()).toEqual([...WARNINGS].sort());
  });
});
