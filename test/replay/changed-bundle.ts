import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';

const ROOT = join(import.meta.dirname, '../..');
const ROOMS = ['workflows', 'domain', 'activities', 'store'];

/** The workflow code with one text replaced in one file, as somebody would change it; the tree itself stays as it is. */
export async function changedBundle(change: { file: string; find: string; replace: string }): Promise<WorkflowBundle> {
  const copy = mkdtempSync(join(tmpdir(), 'first-comment-changed-'));
  try {
    for (const room of ROOMS) cpSync(join(ROOT, room), join(copy, room), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const text = readFileSync(join(copy, change.file), 'utf8');
    if (text.split(change.find).length !== 2) throw new Error(`${change.file} does not hold, exactly once: ${change.find}`);
    writeFileSync(
      join(copy, change.file),
      text.replace(change.find, () => change.replace),
    );
    return await bundleWorkflowCode({ workflowsPath: join(copy, 'workflows', 'index.ts') });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
