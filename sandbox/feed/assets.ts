import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that the page asks for, with the tag by which a browser asks whether it changed. */
export interface Asset {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

const FILES: Readonly<Record<string, string>> = {
  'feed.css': 'text/css; charset=utf-8',
  'feed.js': 'text/javascript; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'morph.js': 'text/javascript; charset=utf-8',
  'keys.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** The page's own style, scripts and icon by name, read once. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const folder = join(import.meta.dirname, 'assets');
  return new Map(
    Object.entries(FILES).map(([name, type]) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return [name, { type, text, etag: etagOf(text) }];
    }),
  );
}

export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}
