import { describe, expect, test } from 'vitest';
import { BRAND, factsWith } from '../good.ts';
import { LINK, saysOf, withLink, withText } from './cases.ts';

describe('a text or link that is broken together with something else', () => {
  test('copy-approved sees a text that the brand folder holds in another language only', () => {
    expect(saysOf('copy-approved', factsWith({ proposal: { locale: 'fr-FR' } }))).toMatch(/not what the brand folder says/);
  });

  test('link-allowed sees a link that a no-link text must not have', () => {
    const proposal = { link: LINK, ...withText(`Mehr hier: ${LINK}`) };
    expect(saysOf('link-allowed', factsWith({ kind: 'instagram-media', proposal }))).toMatch(/must not have a link/);
  });

  test.each([
    ['a value that is not literal', 'utm_medium', 'Paid', /Paid is not a literal/],
    ['a template without utm_medium', 'medium', 'paid', /lacks one of utm_source, utm_medium/],
  ])('utm-complete sees %s, also when the link follows the template', (_, name, value, says) => {
    const parameters = BRAND.link.parameters.map((each) => (each.name === 'utm_medium' ? { name, value } : each));
    const brand = { ...BRAND, link: { ...BRAND.link, parameters } };
    const link = LINK.replace('utm_medium=paid', `${name}=${value}`);
    expect(saysOf('utm-complete', factsWith({ proposal: withLink(link) }), brand)).toMatch(says);
  });
});
