import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type Logger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** What workflow code is made of; a change in any of them makes a new bundle. */
const SOURCES = ['workflows', 'domain', 'activities/failure-contract.ts', 'package-lock.json'];

/** The workflow code as one bundle. Kept in `cacheDir` under the hash of its sources, so that a warm start builds nothing. */
export async function workflowBundle(cacheDir: string | null, logger: Logger): Promise<WorkflowBundleWithSourceMap> {
  const workflowsPath = fileURLToPath(
    new URL(`../workflows/index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  );
  if (cacheDir === null) return bundleWorkflowCode({ workflowsPath, logger });
  const file = join(cacheDir, `workflows-${hashOfSources()}.js`);
  const kept = readIfThere(file);
  if (kept) return { code: kept, sourceMap: '' };
  const bundle = await bundleWorkflowCode({ workflowsPath, logger });
  mkdirSync(cacheDir, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, bundle.code);
  renameSync(draft, file);
  return bundle;
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesUnder(join(ROOT, source))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesUnder(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
    throw error;
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
