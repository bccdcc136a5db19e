import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildLink, isLiteral, linkParameters, utmTupleOf } from '../../domain/link.ts';
import { BRAND } from './good.ts';

const VALUES = { source: 'facebook', market: 'de-DE', pattern: 'next-step', version: 2 };
const KEY = 'abc123';
const OURS = 'utm_source=facebook&utm_medium=paid&utm_campaign=first-comment-de-de&utm_content=fc_next-step_2&fcid=abc123';

function build(landingUrl: string, values: Partial<typeof VALUES> = {}) {
  return buildLink({ landingUrl, template: BRAND.link, values: { ...VALUES, ...values }, key: KEY });
}

describe('a link', () => {
  test.each([
    ['https://shop.example/de/leinen', `https://shop.example/de/leinen?${OURS}`],
    ['https://shop.example/de/?b=2&a=1', `https://shop.example/de/?b=2&a=1&${OURS}`],
    ['https://shop.example/de/?', `https://shop.example/de/?${OURS}`],
    ['https://shop.example/de/?a=1&', `https://shop.example/de/?a=1&${OURS}`],
    ['https://shop.example/de/#top', `https://shop.example/de/?${OURS}#top`],
    ['https://shop.example/de/?q=a%20b#x?y=1', `https://shop.example/de/?q=a%20b&${OURS}#x?y=1`],
    ['https://shop.example', `https://shop.example?${OURS}`],
  ])('made from %s keeps what was there and adds ours', (landingUrl, link) => {
    expect(build(landingUrl)).toEqual({ ok: true, link });
  });

  test.each([
    ['https://shop.example/de/?utm_source=x', /already carries the parameter utm_source/],
    ['https://shop.example/de/?UTM_Term=x', /already carries the parameter UTM_Term/],
    ['https://shop.example/de/?fcid=x', /already carries the parameter fcid/],
    ['https://shop.example/de/?a=%7B%7Bad.id%7D%7D', /macro/],
    ['https://shop.example/{{ad.name}}', /macro/],
    ['shop.example/de', /not a complete address/],
    ['', /not a complete address/],
    ['https://shop.example/a b', /not a complete address/],
    ['javascript:alert(1)', /not a web address/],
    ['https://user:pass@shop.example/', /user name or a password/],
  ])('is refused for the landing page %s', (landingUrl, problem) => {
    const built = build(landingUrl);
    expect(built.ok ? built.link : built.problem).toMatch(problem);
    expect(built.ok).toBe(false);
  });

  test('never names the password of a landing page', () => {
    const built = build('https://user:pass@shop.example/');
    expect(JSON.stringify(built)).not.toContain('pass@');
  });

  test.each([{ source: 'Facebook' }, { source: 'face book' }, { pattern: '{ad}' }, { pattern: '' }])(
    'is refused for the value %o',
    (values) => {
      const { parameters } = BRAND.link;
      const template = { ...BRAND.link, parameters: [...parameters, { name: 'utm_term', value: '{pattern}' }] };
      expect(buildLink({ landingUrl: 'https://shop.example/', template, values: { ...VALUES, ...values }, key: KEY }).ok).toBe(
        false,
      );
    },
  );

  test('is refused when the template leaves a placeholder unfilled', () => {
    const template = { ...BRAND.link, parameters: [{ name: 'utm_source', value: '{nobody}' }] };
    expect(buildLink({ landingUrl: 'https://shop.example/', template, values: VALUES, key: KEY }).ok).toBe(false);
  });

  const word = fc.stringMatching(/^[a-zA-Z0-9]{1,8}$/);
  const query = fc.array(fc.tuple(word, fc.webQueryParameters()), { maxLength: 5 });
  const landing = fc
    .record({ path: fc.webPath(), query, fragment: fc.option(fc.webFragments(), { nil: null }) })
    .map(({ path, query: pairs, fragment }) => {
      const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
      return `https://shop.example${path === '' ? '/' : path}${search === '' ? '' : `?${search}`}${fragment === null ? '' : `#${fragment}`}`;
    });

  test('either is refused or keeps host, path, query order and fragment, with each parameter of ours exactly once at the end', () => {
    fc.assert(
      fc.property(landing, (landingUrl) => {
        const built = build(landingUrl);
        if (!built.ok) return;
        const [before, after] = [new URL(landingUrl), new URL(built.link)];
        expect([after.host, after.pathname, after.hash]).toEqual([before.host, before.pathname, before.hash]);
        const ours = linkParameters(BRAND.link, VALUES, KEY).map(([name, value]) => [name, value]);
        expect([...after.searchParams]).toEqual([...[...before.searchParams], ...ours]);
        for (const [, value] of ours) expect(isLiteral(value ?? '')).toBe(true);
        expect(built.link).not.toMatch(/[{}]|%7b|%7d/i);
        expect(build(built.link).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the UTM tuple', () => {
  test('is read back from the link that was built', () => {
    const built = build('https://shop.example/de/?a=1#x');
    const utm = { source: 'facebook', medium: 'paid', campaign: 'first-comment-de-de', content: 'fc_next-step_2', key: KEY };
    expect(utmTupleOf(built.ok ? built.link : '', 'fcid')).toEqual(utm);
  });

  test.each([
    `https://shop.example/?${OURS}`.replace('&fcid=abc123', ''),
    `https://shop.example/?${OURS}&utm_medium=x`,
    `https://shop.example/?${OURS}`.replace('utm_medium=paid', 'utm_medium='),
    'not an address',
  ])('is none for %s', (link) => {
    expect(utmTupleOf(link, 'fcid')).toBeNull();
  });
});
