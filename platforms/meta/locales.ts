import { LOCALE_KEYS } from './locale-keys.ts';

/** A locale key of a targeting or of a customization rule; a key that is not in the table stays visible as `meta:<key>`. */
export function localeOfKey(key: number): string {
  return LOCALE_KEYS.get(key) ?? `meta:${key}`;
}

const LANGUAGE_CODE = /^([a-z]{2,3})_([A-Z]{2})$/;

/** A language as creatives name it: `fr_XX` is French wherever it is read, `pt_PT` that of Portugal. */
export function localeOfCode(code: string): string {
  const [, language, region] = LANGUAGE_CODE.exec(code) ?? [];
  if (language === undefined) return `meta:${code.slice(0, 20)}`;
  return region === 'XX' ? language : `${language}-${region}`;
}
