import { existsSync } from 'node:fs';

/** The browser for page tests, or why there is none. In CI a missing browser is a failure, not a skip. */
export type Found = { readonly path: string } | { readonly missing: string };

/** Looks at `CHROMIUM_PATH`, then at Debian's place. @throws Error in CI when there is none */
export function findChromium(): Found {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (existsSync(path)) return { path };
  const missing = `no Chromium at ${path}; install the package "chromium" or set CHROMIUM_PATH`;
  if (process.env.CI) throw new Error(missing);
  return { missing };
}
