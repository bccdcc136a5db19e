import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { copyHash } from '../../domain/copy/hash.ts';

/** A small brand folder without mistakes: two markets, one pattern. Tests change it at one place and see what is said. */
const SOURCES = {
  'de-DE': ['Hier schreibt Testmarke. {$days} Tage Rückgabe. {$link}', 'Hier schreibt Testmarke. {$days} Tage Rückgabe.'],
  'fr-FR': ['Ici Testmarke. {$days} jours pour renvoyer. {$link}', 'Ici Testmarke. {$days} jours pour renvoyer.'],
} as const;

function market(id: string, country: string, language: string): string {
  return `  - id: ${id}
    country: ${country}
    language: ${language}
    currency: EUR
    landing:
      - host: shop.example
        pathPrefix: /${language}/
    values:
      days: { type: text, text: '30' }
`;
}

function copy(locale: keyof typeof SOURCES): string {
  const [link, noLink] = SOURCES[locale];
  return `locale: ${locale}
copy:
  next-step:
    version: 1
    link: |-
      ${link}
    no-link: |-
      ${noLink}
`;
}

export const GOOD_FOLDER: Readonly<Record<string, string>> = {
  'brand.yaml': `id: testmarke
name: Testmarke
accounts:
  - platform: meta
    accountId: act_1
    name: Testmarke EU
patternChoice:
  default: next-step
  byCampaign:
    - campaignName: '*_X_*'
      pattern: next-step
policy:
  commentPausedAds:
    pipeline: true
    backfill: false
  severities:
    first-in-thread:
      brand: note
      markets:
        fr-FR: hold
`,
  'identities.yaml': `identities:
  - platform: meta
    kind: facebook-page
    identityId: '11'
    name: Testmarke Deutschland
    marketId: de-DE
  - platform: meta
    kind: instagram-account
    identityId: '12'
    name: testmarke_de
    marketId: de-DE
    linkedPageId: '11'
  - platform: meta
    kind: facebook-page
    identityId: '21'
    name: Testmarke France
    marketId: fr-FR
`,
  'markets.yaml': `markets:\n${market('de-DE', 'DE', 'de')}${market('fr-FR', 'FR', 'fr')}`,
  'patterns.yaml': `patterns:
  - id: next-step
    purpose: next-step
    slots:
      days: text
      link: link
`,
  'copy/de-DE.yaml': copy('de-DE'),
  'copy/fr-FR.yaml': copy('fr-FR'),
  'links.yaml': `parameters:
  - name: utm_source
    value: '{source}'
  - name: utm_medium
    value: paid
  - name: utm_campaign
    value: fc-{market}
  - name: utm_content
    value: fc_{pattern}_{version}
keyParameter: fcid
sources:
  facebook-post: facebook
  instagram-media: instagram
`,
  'approvals.yaml': `approvals:
  - pattern: next-step
    locale: de-DE
    version: 1
    capability: link
    hash: ${copyHash(SOURCES['de-DE'][0], { days: 'text', link: 'link' })}
    approvedBy: Head of Brand, Testmarke
    approvedAt: '2026-11-16T09:30:00Z'
`,
  'connections.yaml': `profiles:
  sandbox:
    meta:
      baseUrl: http://127.0.0.1:7070
      graphVersion: v26.0
      appId: '900'
      appSecretEnv: TEST_APP_SECRET
      systemUserTokenEnv: TEST_TOKEN
  production:
    meta:
      baseUrl: https://graph.example
      graphVersion: v26.0
      appId: '901'
      appSecretEnv: LIVE_APP_SECRET
      systemUserTokenEnv: LIVE_TOKEN
`,
};

/** A change of one file: replaces `find` (which must be there) by `put`; a file is removed by \`null\`. */
export type Change = readonly [file: string, find: string, put: string] | readonly [file: string, content: string | null];

/**
 * Writes the good folder with changes. A `«` in a replacement marks a place: it is taken out, and its `file:line:column`
 * comes back in `places`, in the order of the changes.
 */
export function folderWith(...changes: readonly Change[]): { readonly folder: string; readonly places: readonly string[] } {
  const files = new Map<string, string>(Object.entries(GOOD_FOLDER));
  const places: string[] = [];
  for (const change of changes) {
    const [name] = change;
    if (change.length === 2 && change[1] === null) {
      files.delete(name);
      continue;
    }
    const changed = change.length === 3 ? replaced(files.get(name) ?? '', change[1], change[2]) : (change[1] ?? '');
    const mark = changed.indexOf('«');
    if (mark >= 0) {
      const lines = changed.slice(0, mark).split('\n');
      places.push(`${name}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    }
    files.set(name, changed.replace('«', ''));
  }
  const folder = mkdtempSync(join(tmpdir(), 'brand-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return { folder, places };
}

function replaced(text: string, find: string, put: string): string {
  if (!text.includes(find)) throw new Error(`the good folder does not hold ${JSON.stringify(find)}`);
  return text.replace(find, () => put);
}
