import { describe, expect, it } from 'vitest';
import { LOCALE_KEYS } from '../../platforms/meta/locale-keys.ts';
import { localeOfCode, localeOfKey } from '../../platforms/meta/locales.ts';

describe("Meta's locale keys", () => {
  it.each([
    [14, 'nl', 'Dutch'],
    [15, 'pl', 'Polish'],
    [16, 'pt-BR', 'Portuguese (Brazil)'],
    [18, 'sv', 'Swedish'],
    [44, 'fr-CA', 'French (Canada)'],
    [83, 'nl-BE', 'Flemish'],
    [26, 'fil', 'Filipino'],
    [1003, 'fr', 'French (All)'],
    [1004, 'zh', 'Chinese (All)'],
    [1005, 'pt', 'Portuguese (All)'],
  ])('%i is %s (%s)', (key, tag) => {
    expect(localeOfKey(key)).toBe(tag);
  });

  it('are all tags that the language registry knows', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
    for (const [key, tag] of LOCALE_KEYS) {
      expect([key, Intl.getCanonicalLocales(tag)]).toEqual([key, [tag]]);
      expect([key, names.of(tag)]).toEqual([key, expect.any(String)]);
    }
  });

  it('that stand for a whole language have no region', () => {
    const whole = [...LOCALE_KEYS].filter(([key]) => key > 1000).map(([, tag]) => tag);
    expect(whole).toEqual(['en', 'es', 'fr', 'zh', 'pt']);
  });

  it.each([77, 0, 9999])('stay as they are when nobody knows them: %i', (key) => {
    expect(localeOfKey(key)).toBe(`meta:${key}`);
  });
});

describe("a language of Meta's creatives", () => {
  it.each([
    ['fr_XX', 'fr'],
    ['pt_PT', 'pt-PT'],
    ['english', 'meta:english'],
  ])('%s is %s', (code, tag) => {
    expect(localeOfCode(code)).toBe(tag);
  });
});
