import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the SDK looks a release up; asked first, because without a network the SDK itself takes long to give up. */
export const DOWNLOAD_SITE = 'https://temporal.download/';
const PROBE_MS = 3_000;

export type Acquired = { readonly kind: 'ready'; readonly path: string } | { readonly kind: 'failed'; readonly reason: string };

/** Lets the SDK download the release that belongs to it into `directory`. The server that it starts on the way is ended at once. */
export async function downloadTemporal(directory: string, onProgress: (line: string) => void, site: string): Promise<Acquired> {
  const unreachable = await probe(site);
  if (unreachable !== null) return { kind: 'failed', reason: unreachable };
  onProgress('Downloading the Temporal dev server (about 100 MB, once).');
  try {
    mkdirSync(directory, { recursive: true });
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir: directory } },
    });
    await environment.teardown();
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
  const name = readdirSync(directory).find((file) => file.startsWith('temporal'));
  if (name === undefined || !existsSync(join(directory, name))) return { kind: 'failed', reason: 'the download left no program' };
  chmodSync(join(directory, name), 0o755);
  return { kind: 'ready', path: join(directory, name) };
}

async function probe(site: string): Promise<string | null> {
  try {
    await fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
    return null;
  } catch (error) {
    return `${site} cannot be reached: ${error instanceof Error && error.cause instanceof Error ? error.cause.message : messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
