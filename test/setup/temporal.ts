import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureTemporalServer } from '../../cli/local/temporal-server.ts';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { reaches } from './reaches.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one dev server of this test run. */
    temporal: { readonly address: string; readonly namespace: string };
  }
}

/** Whoever wants the server asks this module for it. */
const USER = join(dirname(import.meta.dirname), 'helpers', 'temporal.ts');

/** One Temporal dev server for the whole run, with our search attributes, on free ports and with its data in a temporary folder; or the one that `TEST_TEMPORAL_ADDRESS` names. */
export default async function setup({ provide, vitest }: TestProject): Promise<() => Promise<void>> {
  // `npm test -- config` need not wait for a server that none of its test files asks for.
  if (!reaches(vitest.state.getPaths(), USER)) return async () => undefined;
  const stateDir = mkdtempSync(join(tmpdir(), 'first-comment-temporal-'));
  const server = await ensureTemporalServer({
    stateDir,
    port: 0,
    uiPort: 0,
    explicitAddress: process.env.TEST_TEMPORAL_ADDRESS,
    cliPath: readLocalEnvironment().temporalCliPath,
    searchAttributes: SEARCH_ATTRIBUTES,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  provide('temporal', { address: server.address, namespace: server.namespace });
  return async () => {
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  };
}
