import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';

type History = ReturnType<typeof historyFromJSON>;

/** One folder for each released version; those of a version that is out are never written anew. */
const FOLDER = join(import.meta.dirname, 'histories');

export interface KeptHistory {
  /** `0.1/visible-one-surface`, with a number behind it where a kind has several. */
  readonly name: string;
  readonly workflowId: string;
  readonly history: History;
}

/** All histories that are kept, of every version. */
export function keptHistories(): readonly KeptHistory[] {
  return readdirSync(FOLDER).flatMap((version) =>
    readdirSync(join(FOLDER, version)).map((file) => {
      const { workflowId, history } = JSON.parse(readFileSync(join(FOLDER, version, file), 'utf8'));
      return { name: `${version}/${file.replace(/\.json$/, '')}`, workflowId, history: historyFromJSON(history) };
    }),
  );
}

/** Keeps a history under its version and kind, without the host and the folders of the machine that carried it. */
export async function keepHistory(version: string, name: string, handle: WorkflowHandle): Promise<void> {
  // Workers and their own queues are named after process and host: `4711@host`.
  const worker = new RegExp(`"\\d+@${hostname()}(-\\w+)?"`, 'g');
  const written = historyToJSON(await handle.fetchHistory()).replaceAll(worker, '"worker"');
  const history = JSON.parse(written, (key, value) => (key === 'stackTrace' ? '' : value));
  mkdirSync(join(FOLDER, version), { recursive: true });
  const text = JSON.stringify({ workflowId: handle.workflowId, history });
  writeFileSync(join(FOLDER, version, `${name}.json`), `${text}\n`);
}
