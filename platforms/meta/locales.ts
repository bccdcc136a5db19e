/**
 * Meta's locale keys that we know, as BCP 47 tags; 1001 and 1002 stand for every kind of English and of Spanish. Meta
 * publishes no table: the keys are those that its targeting search (`type=adlocale`) is seen to answer. Any other key stays
 * visible as `meta:<key>` and decides nothing.
 */
const LOCALES: ReadonlyMap<number, string> = new Map([
  [5, 'de-DE'],
  [6, 'en-US'],
  [7, 'es-ES'],
  [9, 'fr-FR'],
  [10, 'it-IT'],
  [23, 'es-419'],
  [24, 'en-GB'],
  [31, 'pt-PT'],
  [1001, 'en'],
  [1002, 'es'],
]);

/** A locale key of a targeting or of a customization rule. */
export function localeOfKey(key: number): string {
  return LOCALES.get(key) ?? `meta:${key}`;
}

const LANGUAGE_CODE = /^([a-z]{2,3})_([A-Z]{2})$/;

/** A language as creatives name it: `fr_XX` is French wherever it is read, `pt_PT` that of Portugal. */
export function localeOfCode(code: string): string {
  const [, language, region] = LANGUAGE_CODE.exec(code) ?? [];
  if (language === undefined) return `meta:${code.slice(0, 20)}`;
  return region === 'XX' ? language : `${language}-${region}`;
}
