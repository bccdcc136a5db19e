import type { LinkTemplate } from './brand.ts';
import type { UtmTuple } from './metrics.ts';

/** What a link template's placeholders stand for. */
export interface LinkValues {
  readonly source: string;
  readonly market: string;
  readonly pattern: string;
  readonly version: number;
}

export type BuiltLink = { readonly ok: true; readonly link: string } | { readonly ok: false; readonly problem: string };

export const LINK_PLACEHOLDERS = ['source', 'market', 'pattern', 'version'] as const;

const PLACEHOLDER = /\{([a-z]+)\}/g;
/** Literal means: lower case, nothing that a platform or a browser would fill in or encode. */
const LITERAL = /^[a-z0-9][a-z0-9._-]*$/;
const BRACE = /[{}]|%7b|%7d/i;

/** The parameters that a template gives a link, in order, the key last. Throws nothing: bad values are told by `buildLink`. */
export function linkParameters(template: LinkTemplate, values: LinkValues, key: string): readonly (readonly [string, string])[] {
  const known: Readonly<Record<string, string>> = {
    ...values,
    market: values.market.toLowerCase(),
    version: String(values.version),
  };
  const parameters = template.parameters.map(({ name, value }) => {
    const filled = value.replace(PLACEHOLDER, (whole, placeholder: string) =>
      Object.hasOwn(known, placeholder) ? String(known[placeholder]) : whole,
    );
    return [name, filled] as const;
  });
  return [...parameters, [template.keyParameter, key] as const];
}

/**
 * The comment's link: the ad's landing URL with our parameters after its own, path, query order and fragment untouched.
 * Refuses what it cannot promise to be right: macros, UTM parameters that are already there, values that are not literal.
 */
export function buildLink(request: {
  readonly landingUrl: string;
  readonly template: LinkTemplate;
  readonly values: LinkValues;
  readonly key: string;
}): BuiltLink {
  const { landingUrl, template, values, key } = request;
  const parameters = linkParameters(template, values, key);
  const refusal = refuseLanding(landingUrl, new Set(parameters.map(([name]) => name))) ?? refuseParameters(parameters);
  if (refusal) return { ok: false, problem: refusal };

  const [address, fragment] = splitOnce(landingUrl, '#');
  const ours = parameters.map(([name, value]) => `${name}=${value}`).join('&');
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  const link = `${address}${joint}${ours}${fragment === null ? '' : `#${fragment}`}`;
  return { ok: true, link };
}

/** The UTM parameters that a link's clicks carry; `null` when one is missing or there twice. */
export function utmTupleOf(link: string, keyParameter: string): UtmTuple | null {
  const query = URL.canParse(link) ? new URL(link).searchParams : null;
  if (!query) return null;
  const once = (name: string) => (query.getAll(name).length === 1 ? query.get(name) : null);
  const [source, medium, campaign, content] = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'].map(once);
  const key = once(keyParameter);
  if (!source || !medium || !campaign || !content || !key) return null;
  return { source, medium, campaign, content, key };
}

/** Whether a value may stand in a link as it is: lower-case letters, digits, dot, dash, underscore. */
export function isLiteral(value: string): boolean {
  return LITERAL.test(value);
}

/** Whether a text holds a macro or what is left of one. */
export function hasMacro(text: string): boolean {
  return BRACE.test(text);
}

function refuseLanding(landingUrl: string, ours: ReadonlySet<string>): string | null {
  if (hasMacro(landingUrl)) return `the landing page ${landingUrl} holds a macro`;
  if (/\s/.test(landingUrl) || !URL.canParse(landingUrl)) return `the landing page "${landingUrl}" is not a complete address`;
  const url = new URL(landingUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `the landing page ${landingUrl} is not a web address`;
  if (url.username !== '' || url.password !== '') return `the landing page on ${url.host} holds a user name or a password`;
  const taken = [...url.searchParams.keys()].find(
    (name) => name.toLowerCase().startsWith('utm_') || ours.has(name.toLowerCase()),
  );
  return taken === undefined ? null : `the landing page already carries the parameter ${taken}`;
}

function refuseParameters(parameters: readonly (readonly [string, string])[]): string | null {
  const bad = parameters.find(([, value]) => !isLiteral(value));
  return bad ? `the link's parameter ${bad[0]} would be "${bad[1]}", which is not a literal lower-case value` : null;
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + separator.length)];
}
