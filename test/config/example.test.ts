import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadBrand } from '../../config/brand.ts';
import { listCopy } from '../../config/copy-list.ts';
import { loadExampleAds } from '../../config/example-ads.ts';
import { formatProblem } from '../../config/problem.ts';
import type { Brand } from '../../domain/brand.ts';
import { needsHuman } from '../../domain/outcome.ts';
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

  test('are twelve, of accounts and markets that the brand has', () => {
    expect(loaded).toMatchObject({ ok: true });
    expect(ads.map(({ ad }) => ad.adId)).toEqual(Array.from({ length: 12 }, (_, at) => String(23850000001 + at)));
    const { accounts, markets } = brightloom();
    for (const { ad, market } of ads) {
      expect(accounts.map(({ accountId }) => accountId)).toContain(ad.accountId);
      expect(markets.map(({ id }) => id)).toContain(market);
    }
    expect(new Set(ads.map(({ market }) => market)).size).toBe(6);
  });

  test('say of each ad how it ends and why; those that share a post say it as a group', () => {
    const ends = ads.map(({ expected }) => (expected.kind === 'single' ? expected.run : `group ${expected.group}`));
    expect(ends).toEqual([
      'visible',
      'visible',
      'visible',
      'group linen-post-fr',
      'group linen-post-fr',
      'visible',
      'not-commentable',
      'not-commentable',
      'not-commentable',
      'blocked',
      'blocked',
      'hidden',
    ]);
    expect(loaded.ok && loaded.groups).toMatchObject([{ id: 'linen-post-fr', first: 'visible', rest: 'covered' }]);
    for (const { reason } of ads) expect(reason).toMatch(/\.$/);
  });

  test('script an approval exactly where the brand holds an ad that comes late to its thread', () => {
    const held = Object.keys(brightloom().policy.severities['first-in-thread']?.markets ?? {});
    expect(ads.filter(({ approve }) => approve).map(({ market }) => market)).toEqual(held);
  });

  test('state a run that is as bad as the worst surface that they state', () => {
    for (const { expected } of ads) {
      if (expected.kind !== 'single') continue;
      const surfaces = Object.values(expected.surfaces);
      if (surfaces.length > 0) expect(surfaces).toContain(expected.run);
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
