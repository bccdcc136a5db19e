import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadBrand } from '../../config/brand.ts';
import { listCopy } from '../../config/copy-list.ts';
import { loadExampleAds } from '../../config/example-ads.ts';
import { formatProblem } from '../../config/problem.ts';
import type { Brand } from '../../domain/brand.ts';
import { needsHuman, worstOutcome } from '../../domain/outcome.ts';
import { readWorld } from '../../sandbox/server.ts';
import { type Change, folderWith } from './folder-with.ts';

const FOLDER = join(import.meta.dirname, '../../examples/brightloom');

function brightloom(): Brand {
  const loaded = loadBrand(FOLDER);
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return loaded.brand;
}

describe("the example's brand folder", () => {
  test('has no problems', () => {
    expect(loadBrand(FOLDER)).toMatchObject({ ok: true });
  });

  test('speaks in six markets, each with a Page, a linked Instagram account and four texts', () => {
    const { markets, identities, copy } = brightloom();
    expect(markets.map(({ id }) => id)).toEqual(['en-GB', 'de-DE', 'fr-FR', 'it-IT', 'es-ES', 'pt-PT']);
    for (const { id } of markets) {
      const [page, account] = identities.filter(({ marketId }) => marketId === id);
      expect([page?.kind, account?.kind, account?.linkedPageId]).toEqual([
        'facebook-page',
        'instagram-account',
        page?.identityId,
      ]);
      expect(copy.filter(({ locale }) => locale === id)).toHaveLength(4);
    }
  });

  test('leaves exactly the pt-PT texts of launch-offer without approval', () => {
    const open = listCopy(FOLDER).texts.filter(({ approvedBy }) => approvedBy === null);
    expect(open.map(({ pattern, locale, capability }) => `${pattern} ${locale} ${capability}`)).toEqual([
      'launch-offer pt-PT link',
      'launch-offer pt-PT no-link',
    ]);
  });

  test('holds no secret: profiles name variables only', () => {
    const { sandbox, production } = brightloom().profiles;
    expect(sandbox?.meta.systemUserTokenEnv).toBe('FC_SANDBOX_SYSTEM_USER_TOKEN');
    expect(production?.meta).toMatchObject({ baseUrl: 'https://graph.facebook.com', appSecretEnv: 'META_APP_SECRET' });
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) expect(readFileSync(join(FOLDER, name), 'utf8')).not.toMatch(/EAA[A-Za-z0-9]{10}/);
  });

  test('keeps every no-link text below the 300 characters that Instagram comments were once limited to', () => {
    const { copy } = brightloom();
    for (const { source, capability } of copy) if (capability === 'no-link') expect(source.length).toBeLessThan(280);
  });
});

describe("the example's ads", () => {
  const loaded = loadExampleAds(join(FOLDER, 'ads.yaml'));
  const ads = loaded.ok ? loaded.ads : [];

  test('are numbered from one on, of accounts and markets that the brand has, and use all of them', () => {
    expect(loaded).toMatchObject({ ok: true });
    expect(ads.map(({ ad }) => ad.adId)).toEqual(Array.from({ length: ads.length }, (_, at) => String(23850000001 + at)));
    expect(ads.length).toBeGreaterThanOrEqual(36);
    const { accounts, markets } = brightloom();
    expect(new Set(ads.map(({ ad }) => ad.accountId))).toEqual(new Set(accounts.map(({ accountId }) => accountId)));
    expect(new Set(ads.map(({ market }) => market))).toEqual(new Set(markets.map(({ id }) => id)));
  });

  test('say why in a sentence, and on which surfaces a comment stands that people see', () => {
    for (const { expected, reason } of ads) {
      expect(reason).toMatch(/^[A-Z].*\.$/);
      if (expected.kind === 'single' && expected.run === 'visible') expect(Object.keys(expected.surfaces)).not.toEqual([]);
    }
    expect(new Set(ads.map(({ shape }) => shape)).size).toBe(ads.length);
  });

  test('end in all the ways in which a run ends when nobody interferes', () => {
    const ends = ads.map(({ expected }) => (expected.kind === 'single' ? expected.run : 'group'));
    expect(new Set(ends)).toEqual(new Set(['visible', 'not-commentable', 'blocked', 'hidden', 'covered-by-brand', 'group']));
    for (const { first, rest } of loaded.ok ? loaded.groups : []) expect([first, rest]).toEqual(['visible', 'covered']);
  });

  test('name the guardrail wherever an ad ends as blocked', () => {
    for (const { expected } of ads) {
      if (expected.kind === 'single' && expected.run === 'blocked') expect(expected.rule).not.toBeNull();
      if (expected.kind === 'single' && expected.run === 'visible') expect(expected.rule).toBeNull();
    }
  });

  test('script an approval exactly where the brand lets a rule hold the run', () => {
    const { severities } = brightloom().policy;
    const holding = Object.values(severities).flatMap(({ markets = {} }) =>
      Object.entries(markets).flatMap(([market, severity]) => (severity === 'hold' ? [market] : [])),
    );
    expect(ads.filter(({ approve }) => approve).map(({ market }) => market)).toEqual(holding);
  });

  test('name, where an ad is edited, a creative that the world of the sandbox has', () => {
    const world = readWorld(join(FOLDER, 'sandbox-world.yaml'));
    const edits = ads.flatMap(({ edit }) => (edit ? [edit.creative] : []));
    expect(edits).not.toEqual([]);
    expect(world.creatives.map(({ id }) => id)).toEqual(expect.arrayContaining(edits));
    expect(world.ads.map(({ id }) => id)).toEqual(expect.arrayContaining(ads.map(({ ad }) => ad.adId)));
  });

  test('state a run that is as bad as the worst surface that they state', () => {
    for (const { expected } of ads) {
      if (expected.kind !== 'single') continue;
      const surfaces = Object.values(expected.surfaces);
      // A side that cannot be commented at all is no surface of its own; it may still be what the run ends as.
      if (surfaces.length > 0 && expected.run !== 'not-commentable') expect(worstOutcome(surfaces)).toBe(expected.run);
      expect(surfaces.some(needsHuman)).toBe(surfaces.length > 0 && needsHuman(expected.run));
    }
  });
});

describe("a list of the example's ads with a mistake", () => {
  const good = `groups:
  - { id: one-post, first: visible, rest: covered, reason: r }
ads:
  - { ad: meta/act_1/1, market: de-DE, shape: s, reason: r, expected: { run: visible } }
  - { ad: meta/act_1/2, market: de-DE, shape: s, reason: r, group: one-post }
  - { ad: meta/act_1/3, market: de-DE, shape: s, reason: r, group: one-post }
`;
  function adsWith(find: string, put: string) {
    const change: Change = ['ads.yaml', good.replace(find, () => put)];
    const { folder, places } = folderWith(change);
    return { loaded: loadExampleAds(join(folder, 'ads.yaml')), place: places[0] };
  }

  test('is accepted without one', () => {
    expect(adsWith('', '').loaded).toMatchObject({ ok: true });
  });

  test.each([
    ['an ad that is none', 'meta/act_1/1', '«act_1/1', /is not an ad/],
    ['an ad that is listed twice', '- { ad: meta/act_1/2', '- { ad: «meta/act_1/1', /listed twice/],
    ['an unknown outcome', 'run: visible', 'run: «visibel', /"visibel" is not known/],
    ['an unknown surface', 'run: visible }', 'run: visible, surfaces: { «facebook: visible } }', /"facebook" is not known/],
    [
      'neither end nor group',
      '- { ad: meta/act_1/1, market: de-DE, shape: s, reason: r, expected: { run: visible } }',
      '- «{ ad: meta/act_1/1, market: de-DE, shape: s, reason: r }',
      /needs either/,
    ],
    ['an unknown rule', 'run: visible } }', 'run: visible, rule: «one-contry } }', /no rule one-contry/],
    ['an edit without a reason', 'run: visible } }', 'run: visible }, edit: «{ creative: "5" } }', /"why" is missing|why/],
    ['an unknown group', 'group: one-post', 'group: «one-pots', /no group one-pots/],
    ['a group of one', ', group: one-post }\n  - ', ', expected: { run: visible } }\n  - ', /fewer than two/],
  ])('tells %s at its place', (_, find, put, problem) => {
    const { loaded, place } = adsWith(find, put);
    const told = loaded.ok ? undefined : loaded.problems.find((each) => problem.test(each.problem));
    expect(told?.place).toBe(place ?? 'ads.yaml:2:11');
  });

  test('tells a file that is not there', () => {
    expect(loadExampleAds('/nowhere/ads.yaml')).toMatchObject({ ok: false, problems: [{ place: 'ads.yaml:1:1' }] });
  });
});
