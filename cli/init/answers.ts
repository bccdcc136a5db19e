import { UserError } from '../../domain/user-error.ts';

/** What a starter folder is made from. `null` = nobody said it: a marked placeholder stands there. */
export interface Answers {
  readonly name: string | null;
  /** Ids such as `fr-FR`, each once. */
  readonly markets: readonly string[] | null;
  /** `act_100200` */
  readonly account: string | null;
  /** The host of the landing pages, `www.example.com`. */
  readonly host: string | null;
}

/** A problem with an answer as a sentence, or `undefined` when it will do: the shape that prompts ask for. */
type Check = (text: string | undefined) => string | undefined;

const LONGEST_NAME = 60;

export const checkName: Check = (text = '') => {
  if (text.trim() === '') return 'Write the name of the brand.';
  if (text.trim().length > LONGEST_NAME) return `Write a name of at most ${LONGEST_NAME} letters.`;
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text) ? 'Write the name in one line, without invisible letters.' : undefined;
};

export const checkMarkets: Check = (text = '') => {
  const ids = splitMarkets(text);
  if (ids.length === 0) return 'Write at least one market: language and country, such as fr-FR.';
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  for (const id of ids) {
    const country = /^[a-z]{2,3}-([A-Z]{2})$/.exec(id)?.[1];
    if (country === undefined) return `"${id}" is no market. Write language and country, such as fr-FR.`;
    if (country === 'UK') return `"${id}": the code of the United Kingdom is GB. Write ${id.replace('UK', 'GB')}.`;
    if (regions.of(country) === undefined) return `"${id}": there is no country ${country}. Write its ISO 3166 code, such as FR.`;
  }
  return undefined;
};

export const checkAccount: Check = (text = '') =>
  /^(act_)?\d{1,20}$/.test(text.trim()) ? undefined : 'Write the ad account as the ads manager shows it, such as act_100200.';

export const checkHost: Check = (text = '') =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text.trim())
    ? undefined
    : 'Write the host of your landing pages without https:// and without a path, such as www.example.com.';

/** `fr-FR, de-DE` → its ids, each once. */
export function splitMarkets(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((each) => each !== ''))];
}

export function accountId(text: string): string {
  return text.trim().replace(/^(act_)?/, 'act_');
}

/** What the flags say. @throws UserError for the first that does not fit */
export function answersFrom(flags: {
  readonly name?: string;
  readonly market?: readonly string[];
  readonly account?: string;
  readonly host?: string;
}): Answers {
  const markets = flags.market?.join(' ');
  const problem =
    (flags.name === undefined ? undefined : checkName(flags.name)) ??
    (markets === undefined ? undefined : checkMarkets(markets)) ??
    (flags.account === undefined ? undefined : checkAccount(flags.account)) ??
    (flags.host === undefined ? undefined : checkHost(flags.host));
  if (problem !== undefined) throw new UserError(problem);
  return {
    name: flags.name?.trim() ?? null,
    markets: markets === undefined ? null : splitMarkets(markets),
    account: flags.account === undefined ? null : accountId(flags.account),
    host: flags.host?.trim() ?? null,
  };
}
