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
  'feed.js': 'text/javascript; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'morph.js': 'text/javascript; charset=utf-8',
  'keys.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** In this order they are one style. */
const STYLES = ['base', 'head', 'columns', 'phone', 'thread', 'reel', 'ad', 'narrow'];

/** The page's own style, scripts and icon by name, read once. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const read = (name: string) => readFileSync(join(import.meta.dirname, 'assets', name), 'utf8');
  const style = STYLES.map((name) => read(`style/${name}.css`)).join('\n');
  const files = Object.entries(FILES).map(([name, type]) => [name, asset(type, read(name))] as const);
  return new Map([['feed.css', asset('text/css; charset=utf-8', style)], ...files]);
}

function asset(type: string, text: string): Asset {
  return { type, text, etag: etagOf(text) };
}

export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}
