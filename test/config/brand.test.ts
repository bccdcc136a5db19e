import { describe, expect, test } from 'vitest';
import { loadBrand } from '../../config/brand.ts';
import { formatProblem, type Problem } from '../../config/problem.ts';
import { type Change, folderWith, GOOD_FOLDER } from './folder-with.ts';

function problemsWith(...changes: readonly Change[]): {
  readonly problems: readonly Problem[];
  readonly places: readonly string[];
} {
  const { folder, places } = folderWith(...changes);
  const loaded = loadBrand(folder);
  return { problems: loaded.ok ? [] : loaded.problems, places };
}

/** [what is wrong, the change with the place marked, words of the problem, words of the mend] */
const MISTAKES: readonly (readonly [string, readonly Change[], RegExp, RegExp])[] = [
  ['broken YAML', [['markets.yaml', "text: '30' }\n  - id: fr-FR", "text: '30'\n  «- id: fr-FR"]], /not valid YAML/, /syntax/],
  [
    'a key that is there twice',
    [['brand.yaml', 'name: Testmarke\n', 'name: Testmarke\n«name: Two\n']],
    /the key "name" stands here twice/,
    /./,
  ],
  [
    'an alias',
    [['patterns.yaml', 'purpose: next-step', 'purpose: «*nobody']],
    /alias \*nobody is not read/,
    /write the value out/,
  ],
  ['an empty file', [['links.yaml', '']], /nothing stands where a block of keys belongs/, /block of keys/],
  ['a list instead of keys', [['connections.yaml', '«- a\n- b\n']], /a list stands where a block of keys belongs/, /./],
  ['a key that is a number', [['copy/de-DE.yaml', 'locale: de-DE', 'locale: de-DE\n«7: x']], /"7" is not known/, /./],
  [
    'an unknown key at the top',
    [['brand.yaml', 'name: Testmarke\n', 'name: Testmarke\n«acounts: []\n']],
    /"acounts" is not known here/,
    /known here|remove/,
  ],
  [
    'a mistyped key',
    [['brand.yaml', '    backfill: false', '    «backfil: false\n    backfill: false']],
    /"backfil" is not known/,
    /./,
  ],
  [
    'a mistyped key instead of a required one',
    [['markets.yaml', 'currency: EUR', '«curency: EUR']],
    /"curency" is not known/,
    /perhaps "currency"/,
  ],
  [
    'an unknown key in a union',
    [['markets.yaml', "{ type: text, text: '30' }", "{ type: text, «txt: x, text: '30' }"]],
    /"txt" is not known/,
    /remove it/,
  ],
  ['a missing key', [['markets.yaml', '- id: de-DE\n    country: DE', '- «id: de-DE']], /"country" is missing/, /add it/],
  [
    'an id without quotes',
    [['identities.yaml', "identityId: '11'", 'identityId: «11']],
    /11 is read as a number/,
    /quotes: '11'/,
  ],
  [
    'a list that is a text',
    [['brand.yaml', "\n  byCampaign:\n    - campaignName: '*_X_*'\n      pattern: next-step", '\n  byCampaign: «all']],
    /a list .* belongs/,
    /./,
  ],
  ['an unknown word', [['patterns.yaml', 'purpose: next-step', 'purpose: «nextstep']], /"nextstep" is not known/, /"next-step"/],
  [
    'an unknown kind',
    [['identities.yaml', 'kind: facebook-page', 'kind: «facebook-pages']],
    /"facebook-pages" is not known/,
    /"facebook-page"/,
  ],
  ['an account without its prefix', [['brand.yaml', 'accountId: act_1', "accountId: «'1'"]], /"1" does not fit/, /act_100200/],
  [
    'an amount that is none',
    [['markets.yaml', "{ type: text, text: '30' }", "{ type: money, amount: «'1,50' }"]],
    /"1,50" does not fit/,
    /149\.00/,
  ],
  [
    'a day that does not exist',
    [['markets.yaml', "{ type: text, text: '30' }", "{ type: date, day: «'2026-02-30' }"]],
    /does not fit/,
    /a day that exists/,
  ],
  ['a missing file', [['links.yaml', null]], /the file is missing/, /create links.yaml/],
  ['a market without copy', [['copy/fr-FR.yaml', null]], /market fr-FR has no copy/, /create copy\/fr-FR.yaml/],
  [
    'a pattern without its text for a capability',
    [
      ['copy/fr-FR.yaml', '    no-link: |-\n      Ici Testmarke. {$days} jours pour renvoyer.\n', ''],
      ['copy/fr-FR.yaml', '    version', '    «version'],
    ],
    /has no no-link text in fr-FR/,
    /add "no-link:"/,
  ],
  [
    'a market that is there twice',
    [['markets.yaml', '- id: fr-FR\n    country: FR\n    language: fr', '- id: «de-DE\n    country: DE\n    language: de']],
    /market de-DE is already at markets.yaml:2:9/,
    /one of the two/,
  ],
  [
    'a market that does not say its country',
    [['markets.yaml', '- id: fr-FR\n    country: FR', '- id: «fr-FR\n    country: BE']],
    /does not say language fr and country BE/,
    /fr-BE/,
  ],
  ['a currency that does not exist', [['markets.yaml', 'currency: EUR', 'currency: «EUX']], /"EUX" is not a currency/, /EUR/],
  [
    'two markets for one identity',
    [['identities.yaml', "identityId: '21'", "identityId: «'11'"]],
    /identity 11 already speaks for de-DE at identities.yaml:2:5/,
    /one market/,
  ],
  [
    'overlapping landing pages',
    [['markets.yaml', 'pathPrefix: /fr/', 'pathPrefix: «/de/sale/']],
    /overlaps shop.example\/de\/ of de-DE at markets.yaml:8:21/,
    /no other market/,
  ],
  [
    'an Instagram account on the Page of another market',
    [['identities.yaml', "linkedPageId: '11'", "linkedPageId: «'21'"]],
    /Page 21 speaks for fr-FR/,
    /de-DE/,
  ],
  [
    'an identity of an unknown market',
    [['identities.yaml', 'marketId: fr-FR', 'marketId: «fr-BE']],
    /market fr-BE is not in markets.yaml/,
    /perhaps "fr-FR"/,
  ],
  [
    'an unknown default pattern',
    [['brand.yaml', 'default: next-step', 'default: «next-steps']],
    /pattern next-steps is not in/,
    /"next-step"/,
  ],
  [
    'an unknown pattern for a campaign',
    [['brand.yaml', '      pattern: next-step', '      pattern: «offer']],
    /pattern offer is not in/,
    /next-step/,
  ],
  [
    'copy of an unknown pattern',
    [['copy/de-DE.yaml', '  next-step:', '  «ofer:\n    version: 1\n    link: x {$link}\n    no-link: x\n  next-step:']],
    /pattern ofer is not in/,
    /next-step/,
  ],
  ['copy of an unknown market', [['copy/de-AT.yaml', 'locale: «de-AT\ncopy: {}\n']], /market de-AT is not in/, /"de-DE"/],
  [
    'copy in a file of another name',
    [
      ['copy/de-DE.yaml', null],
      ['copy/german.yaml', (GOOD_FOLDER['copy/de-DE.yaml'] ?? '').replace('de-DE', '«de-DE')],
    ],
    /holds the locale de-DE/,
    /copy\/de-DE.yaml/,
  ],
  ['a severity for an unknown market', [['brand.yaml', 'fr-FR: hold', '«fr-CH: hold']], /market fr-CH is not in/, /"fr-FR"/],
  [
    'a value for no slot',
    [
      [
        'markets.yaml',
        "days: { type: text, text: '30' }",
        "days: { type: text, text: '30' }\n      «dayz: { type: text, text: '30' }",
      ],
    ],
    /no pattern has a slot dayz/,
    /"days"/,
  ],
  [
    'a value for the link',
    [
      [
        'markets.yaml',
        "days: { type: text, text: '30' }",
        "days: { type: text, text: '30' }\n      «link: { type: text, text: 'x' }",
      ],
    ],
    /filled with the link/,
    /remove/,
  ],
  [
    'a value of another type',
    [['markets.yaml', "{ type: text, text: '30' }", "«{ type: money, amount: '30' }"]],
    /slot days is text .* but money here/,
    /type text/,
  ],
  [
    'a slot with two types',
    [
      [
        'patterns.yaml',
        '- id: next-step',
        '- id: other\n    purpose: who-speaks\n    slots:\n      days: date\n  - id: next-step',
      ],
      ['patterns.yaml', 'days: text', 'days: «text'],
    ],
    /slot days is text here, but date/,
    /one type/,
  ],
  [
    'a variable that is no slot',
    [['copy/de-DE.yaml', '{$days} Tage Rückgabe. {$link}', '{«$dayz} Tage Rückgabe. {$link}']],
    /\{\$dayz\} is not a slot/,
    /"days"/,
  ],
  [
    'a variable without a value',
    [
      ['markets.yaml', "days: { type: text, text: '30' }", '{}'],
      ['copy/de-DE.yaml', '{$days} Tage Rückgabe. {$link}', '{«$days} Tage Rückgabe. {$link}'],
    ],
    /\{\$days\} has no value in market de-DE/,
    /markets.yaml/,
  ],
  [
    'a syntax mistake in a block text',
    [['copy/de-DE.yaml', '{$days} Tage Rückgabe. {$link}', '{$days} Tage «} Rückgabe. {$link}']],
    /not valid MessageFormat 2/,
    /\{\$name\}/,
  ],
  [
    'a syntax mistake in the second line of a block text',
    [['copy/de-DE.yaml', '{$days} Tage Rückgabe. {$link}', '{$days} Tage\n      «} Rückgabe. {$link}']],
    /not valid MessageFormat 2/,
    /./,
  ],
  [
    'a syntax mistake in a quoted text',
    [['copy/de-DE.yaml', '|-\n      Hier schreibt Testmarke. {$days} Tage Rückgabe. {$link}', '"Hier «} {$link}"']],
    /not valid MessageFormat 2/,
    /./,
  ],
  [
    'an unknown function',
    [
      [
        'copy/de-DE.yaml',
        'link: |-\n      Hier schreibt Testmarke. {$days}',
        'link: «|-\n      Hier schreibt Testmarke. {$days :weekday}',
      ],
    ],
    /Unknown function :weekday/,
    /./,
  ],
  [
    'a link text without a link',
    [
      [
        'copy/de-DE.yaml',
        'link: |-\n      Hier schreibt Testmarke. {$days} Tage Rückgabe. {$link}',
        'link: «|-\n      Hier schreibt Testmarke.',
      ],
    ],
    /has no link/,
    /\{\$link\}/,
  ],
  [
    'a no-link text with a link',
    [['copy/de-DE.yaml', 'Rückgabe.\n', 'Rückgabe. {«$link}\n']],
    /cannot carry \{\$link\}/,
    /in words/,
  ],
  ['a link that touches a full stop', [['copy/de-DE.yaml', '{$link}\n', '{«$link}.\n']], /touches other text/, /blank/],
  ['an upper-case link value', [['links.yaml', 'value: paid', 'value: «Paid']], /upper-case/, /paid/],
  ['a macro in a link value', [['links.yaml', 'value: paid', "value: «'{{campaign.name}}'"]], /macro/, /literal/],
  ['an unknown placeholder', [['links.yaml', 'fc-{market}', '«fc-{markt}']], /\{markt\} is not a placeholder/, /"market"/],
  ['a link value that would be encoded', [['links.yaml', 'value: paid', 'value: «paid social']], /encode/, /lower-case/],
  ['an upper-case source', [['links.yaml', 'facebook-post: facebook', 'facebook-post: «Facebook']], /upper-case/, /facebook/],
  [
    'a UTM parameter that is missing',
    [['links.yaml', "parameters:\n  - name: utm_source\n    value: '{source}'\n  -", 'parameters:\n  «-']],
    /utm_source is missing/,
    /add/,
  ],
  [
    'a key parameter that is a UTM parameter',
    [['links.yaml', 'keyParameter: fcid', 'keyParameter: «utm_source']],
    /parameter utm_source is already at/,
    /./,
  ],
  [
    'an approval of no text',
    [['approvals.yaml', '- pattern: next-step', '- «pattern: offer']],
    /no text is approved by this/,
    /remove/,
  ],
  ['an approval of another version', [['approvals.yaml', 'version: 1', 'version: «2']], /has version 1, not 2/, /./],
  [
    'an approval of a text that has changed',
    [
      ['copy/de-DE.yaml', 'Tage Rückgabe. {$link}', 'Tage Rückgabe! {$link}'],
      ['approvals.yaml', 'hash: ', 'hash: «'],
    ],
    /has changed since it was approved/,
    /new text/,
  ],
  [
    'an approval that ends before it begins',
    [
      [
        'approvals.yaml',
        "approvedAt: '2026-11-16T09:30:00Z'",
        "approvedAt: '2026-11-16T09:30:00Z'\n    expiresAt: «'2026-11-15T09:30:00Z'",
      ],
    ],
    /ends before/,
    /later/,
  ],
  [
    'a severity of a hard rule',
    [['brand.yaml', '    first-in-thread:', '    «copy-approved:\n      brand: note\n    first-in-thread:']],
    /copy-approved is hard/,
    /remove/,
  ],
  [
    'a severity of an unknown rule',
    [['brand.yaml', '    first-in-thread:', '    «first-in-tread:\n      brand: note\n    first-in-thread:']],
    /no rule first-in-tread/,
    /"first-in-thread"/,
  ],
  [
    'a severity below what the rule allows',
    [['brand.yaml', '    first-in-thread:', '    ad-state:\n      brand: «note\n    first-in-thread:']],
    /cannot be as mild as note/,
    /hold/,
  ],
  [
    'a hold of a rule that nobody can release past',
    [['brand.yaml', '    first-in-thread:', '    ours-not-there:\n      brand: «hold\n    first-in-thread:']],
    /cannot be as mild as hold/,
    /write block, or leave it out/,
  ],
  [
    'waits that are scaled towards a real platform',
    [['connections.yaml', 'systemUserTokenEnv: LIVE_TOKEN', 'systemUserTokenEnv: LIVE_TOKEN\n    timingScale: «0.5']],
    /profile production would scale the waits/,
    /leave it at 1/,
  ],
  ...['v25.0', 'v24.0', 'v27.0'].map(
    (version) =>
      [
        `fields of ${version}, which nobody has held to its published shapes`,
        [['connections.yaml', 'graphVersion: v26.0', `graphVersion: «${version}`]],
        new RegExp(`asks for ${version}, whose fields this release does not know; it covers v26.0`),
        /write v26.0, or use a release/,
      ] as const,
  ),
  ['a token over plain http', [['connections.yaml', 'https://graph.example', '«http://graph.example']], /plain http/, /https/],
];

test('the waits of the sandbox may be scaled', () => {
  const { problems } = problemsWith([
    'connections.yaml',
    'systemUserTokenEnv: TEST_TOKEN',
    'systemUserTokenEnv: TEST_TOKEN\n    timingScale: 0.1',
  ]);
  expect(problems).toEqual([]);
});

describe('a brand folder with a mistake', () => {
  test.each(MISTAKES)('tells %s at its place, with the mend', (_, changes, problem, mend) => {
    const { problems, places } = problemsWith(...changes);
    const told = problems.find((each) => problem.test(each.problem));
    expect(problems.map(formatProblem).join('\n')).toMatch(problem);
    expect(told?.mend).toMatch(mend);
    if (places.length > 0) expect(told?.place).toBe(places.at(-1));
    else expect(told?.place).toMatch(/^[a-z/A-Z-]+\.yaml:1:1$/);
  });

  test('tells the mistakes of all files at once, in the order of files and lines', () => {
    const { problems, places } = problemsWith(
      ['brand.yaml', 'backfill: false', '«backfil: false'],
      ['connections.yaml', 'https://graph.example', '«http://graph.example'],
      ['links.yaml', 'value: paid', 'value: «Paid'],
      ['markets.yaml', 'currency: EUR', '«curency: EUR'],
    );
    expect(problems.map(({ place }) => place)).toEqual(expect.arrayContaining([...places]));
    const files = problems.map(({ place }) => place.split(':')[0] ?? '');
    expect(files).toEqual([...files].sort());
  });

  test('goes on to the checks across files when the only mistake of a file is an unknown key', () => {
    const { problems } = problemsWith(
      ['patterns.yaml', 'purpose: next-step', 'purpose: next-step\n    note: x'],
      ['copy/fr-FR.yaml', null],
    );
    expect(problems.map(({ problem }) => problem)).toEqual(['market fr-FR has no copy', '"note" is not known here']);
  });

  test('does not call copy missing whose file is broken', () => {
    const { problems } = problemsWith(['copy/de-DE.yaml', 'version: 1', "version: 'one'"]);
    expect(problems).toHaveLength(1);
  });

  test('that is not there is one problem', () => {
    const loaded = loadBrand('/nowhere/at/all');
    expect(loaded).toMatchObject({ ok: false, problems: [{ place: '', problem: 'There is no folder /nowhere/at/all' }] });
  });
});

describe("a brand folder's digest", () => {
  function digestWith(...changes: readonly Change[]): string {
    const loaded = loadBrand(folderWith(...changes).folder);
    if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
    return loaded.brand.digest;
  }

  test('is the same whatever the comments, blanks and quotes', () => {
    const other = digestWith(
      ['brand.yaml', 'name: Testmarke\n', '# a comment\nname:   "Testmarke"\n\n'],
      ['copy/de-DE.yaml', 'locale: de-DE', '# a comment\nlocale: de-DE'],
    );
    expect(other).toBe(digestWith());
  });

  const CHANGES: readonly Change[] = [
    ['brand.yaml', 'backfill: false', 'backfill: true'],
    ['markets.yaml', "text: '30'", "text: '31'"],
    ['identities.yaml', 'testmarke_de', 'testmarke_de2'],
    ['links.yaml', 'value: paid', 'value: cpc'],
    ['copy/fr-FR.yaml', 'Ici', 'Voici'],
    ['patterns.yaml', 'purpose: next-step', 'purpose: who-speaks'],
    ['approvals.yaml', 'Head of Brand', 'Brand Lead'],
    ['connections.yaml', 'LIVE_TOKEN', 'OTHER_TOKEN'],
  ];

  test.each(CHANGES.map((change) => ({ file: change[0], change })))('changes with the content of $file', ({ change }) => {
    expect(digestWith(change)).not.toBe(digestWith());
  });
});
