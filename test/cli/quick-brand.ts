import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** So many of the example's first ads, and those that are edited: every stage, wait and record, and quick to run again and again. */
const FIRST = 12;

/** A copy of the example's brand folder with few ads, whose waits last only this part of their time. */
export function quickBrand(timingScale: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'first-comment-brand-'));
  cpSync('examples/brightloom', folder, { recursive: true });
  const connections = join(folder, 'connections.yaml');
  const text = readFileSync(connections, 'utf8');
  // The sandbox's profile stands first, and it is the only one that may be scaled.
  writeFileSync(connections, text.replace('timingScale: 1', `timingScale: ${timingScale}`));
  keepFewAds(join(folder, 'ads.yaml'));
  return folder;
}

function keepFewAds(file: string): void {
  const all = parse(readFileSync(file, 'utf8')) as { groups: { id: string }[]; ads: { group?: string; edit?: unknown }[] };
  const ads = all.ads.filter(({ edit }, index) => index < FIRST || edit !== undefined);
  const groups = all.groups.filter(({ id }) => ads.some(({ group }) => group === id));
  writeFileSync(file, stringify({ groups, ads }));
}
