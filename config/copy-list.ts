import type { CopyApproval } from '../domain/brand.ts';
import type { Capability } from '../domain/capability.ts';
import { copyHash } from '../domain/copy/hash.ts';
import { readFolder } from './folder.ts';

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
}

/**
 * All texts of a folder with their hashes, also while its approvals do not fit yet: whoever approves a changed text needs
 * the new hash first. What is misshapen is left out; `loadBrand` says what.
 */
export function listCopy(folder: string): readonly ListedCopy[] {
  const { copy, patterns, approvals } = readFolder(folder).files;
  const given: readonly Pick<CopyApproval, 'hash' | 'approvedBy'>[] = approvals?.value.approvals ?? [];
  return copy.flatMap(({ value }) =>
    Object.entries(value.copy).flatMap(([pattern, texts]) => {
      const slots = patterns?.value.patterns.find(({ id }) => id === pattern)?.slots;
      if (!slots) return [];
      return (['link', 'no-link'] as const).flatMap((capability): readonly ListedCopy[] => {
        const source = texts[capability];
        if (source === undefined) return [];
        const hash = copyHash(source, slots);
        const approvedBy = given.find((each) => each.hash === hash)?.approvedBy ?? null;
        return [{ pattern, locale: value.locale, version: texts.version, capability, hash, source, approvedBy }];
      });
    }),
  );
}
