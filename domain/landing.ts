import type { Market } from './brand.ts';

/** Whether a path lies under a prefix, counted in whole segments: `/de-de` holds `/de-de/leinen`, not `/de-deluxe`. */
export function underPrefix(path: string, prefix: string): boolean {
  const folder = prefix.endsWith('/') ? prefix : `${prefix}/`;
  return path === folder.slice(0, -1) || path.startsWith(folder);
}

/** Whether a URL's host (exact, default port) and path belong to the market. The scheme is not looked at. */
export function landsIn(market: Pick<Market, 'landing'>, url: URL): boolean {
  if (url.port !== '') return false;
  return market.landing.some(({ host, pathPrefix }) => url.hostname === host && underPrefix(url.pathname, pathPrefix));
}

/** A URL as evidence names it: without query and fragment, which may hold a person's data. */
export function nameOfPage(url: string): string {
  if (!URL.canParse(url)) return url.split(/[?#]/, 1)[0] ?? '';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
