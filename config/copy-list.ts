import type { Capability } from '../domain/capability.ts';
import { copyHash } from '../domain/copy/hash.ts';
import { isFolder, noFolder, readFolder } from './folder.ts';
import type { Problem } from './problem.ts';
import type { ApprovalsFile } from './schemas.ts';

type Approved = ApprovalsFile['approvals'][number];

/** One text of a brand folder with the hash that an approval of it has to name. */
export interface ListedCopy {
  readonly pattern: string;
  readonly locale: string;
  readonly version: number;
  readonly capability: Capability;
  readonly hash: string;
  readonly source: string;
  /** Who approved exactly this text; `null` when nobody did. */
  readonly approvedBy: string | null;
  /** Who approved another wording of it, when nobody approved this one: it was changed since. */
  readonly changedSince: string | null;
}

export interface ListedFolder {
  readonly texts: readonly ListedCopy[];
  /** Files that are missing or cannot be read: what they hold is not listed. */
  readonly problems: readonly Problem[];
}

/**
 * All texts of a folder with their hashes, also while its approvals do not fit yet: whoever approves a changed text needs
 * the new hash first. What is misshapen is left out and said.
 */
export function listCopy(folder: string): ListedFolder {
  if (!isFolder(folder)) return { texts: [], problems: [noFolder(folder)] };
  const { files, problems } = readFolder(folder);
  const { copy, patterns, approvals } = files;
  const given: readonly Approved[] = approvals?.value.approvals ?? [];
  const texts = copy.flatMap(({ value }) =>
    Object.entries(value.copy).flatMap(([pattern, texts]) => {
      const slots = patterns?.value.patterns.find(({ id }) => id === pattern)?.slots;
      if (!slots) return [];
      return (['link', 'no-link'] as const).flatMap((capability): readonly ListedCopy[] => {
        const source = texts[capability];
        if (source === undefined) return [];
        const hash = copyHash(source, slots);
        const approvedBy = given.find((each) => each.hash === hash)?.approvedBy ?? null;
        const named = { locale: value.locale, version: texts.version, capability };
        const other = given.find((each) => approves(each, pattern, named));
        const changedSince = approvedBy === null ? (other?.approvedBy ?? null) : null;
        return [{ pattern, ...named, hash, source, approvedBy, changedSince }];
      });
    }),
  );
  return { texts, problems };
}

/** Whether an approval is meant for this text, whatever wording it binds. */
function approves(approval: Approved, pattern: string, named: Pick<ListedCopy, 'locale' | 'version' | 'capability'>): boolean {
  const { locale, version, capability } = named;
  return (
    approval.pattern === pattern &&
    approval.locale === locale &&
    approval.version === version &&
    approval.capability === capability
  );
}
