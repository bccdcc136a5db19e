import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of the example's brand folder whose waits last only this part of their time. */
export function quickBrand(timingScale: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'first-comment-brand-'));
  cpSync('examples/brightloom', folder, { recursive: true });
  const connections = join(folder, 'connections.yaml');
  const text = readFileSync(connections, 'utf8');
  // The sandbox's profile stands first, and it is the only one that may be scaled.
  writeFileSync(connections, text.replace('timingScale: 1', `timingScale: ${timingScale}`));
  return folder;
}
