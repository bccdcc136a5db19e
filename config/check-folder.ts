import type { Brand } from '../domain/brand.ts';
import { approvalOf } from '../domain/copy/approval.ts';
import { inspectBrand } from './brand.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { approvalWarnings } from './warnings/approvals.ts';
import { fileWarnings } from './warnings/files.ts';
import { foldWarnings } from './warnings/fold.ts';
import { identityWarnings } from './warnings/identities.ts';
import { lastDayWarnings } from './warnings/last-days.ts';
import { patternWarnings } from './warnings/patterns.ts';
import { placeholderWarnings } from './warnings/placeholders.ts';
import { valueWarnings } from './warnings/values.ts';
import type { Looked, Warning } from './warnings/warning.ts';

/** What a folder without mistakes holds. */
export interface Counts {
  readonly accounts: number;
  readonly identities: number;
  readonly markets: number;
  readonly patterns: number;
  readonly texts: number;
  /** Texts whose approval holds now. The others are not published. */
  readonly approved: number;
}

/** A text that would not be published because nobody approved it, or not any more. */
export interface NotApproved {
  readonly pattern: string;
  readonly locale: string;
  readonly capability: string;
  readonly why: 'none' | 'changed' | 'expired';
}

export interface CheckedFolder {
  /** With these nothing runs. In the order of files and lines. */
  readonly mistakes: readonly Problem[];
  /** These deserve a look. In the order of files and lines. */
  readonly warnings: readonly Warning[];
  /** `null` while there are mistakes. */
  readonly brand: { readonly id: string; readonly name: string } | null;
  readonly counts: Counts | null;
  readonly notApproved: readonly NotApproved[];
}

const WARNERS: readonly ((looked: Looked) => readonly Warning[])[] = [
  approvalWarnings,
  fileWarnings,
  foldWarnings,
  identityWarnings,
  lastDayWarnings,
  patternWarnings,
  placeholderWarnings,
  valueWarnings,
];

/** Looks at everything that a brand folder says. `now` in milliseconds since 1970. */
export function checkFolder(folder: string, now: number): CheckedFolder {
  const { files, problems, brand } = inspectBrand(folder);
  const warnings = files === null ? [] : WARNERS.flatMap((warn) => warn({ folder, files, brand, now }));
  const notApproved = brand === null ? [] : notApprovedIn(brand, now);
  return {
    mistakes: problems,
    warnings: inReadingOrder(warnings),
    brand: brand === null ? null : { id: brand.id, name: brand.name },
    counts: brand === null ? null : countsOf(brand, notApproved),
    notApproved,
  };
}

function notApprovedIn({ copy, approvals }: Brand, now: number): readonly NotApproved[] {
  return copy.flatMap((text): readonly NotApproved[] => {
    const { kind } = approvalOf(text, approvals, now);
    const { patternId: pattern, locale, capability } = text;
    return kind === 'approved' ? [] : [{ pattern, locale, capability, why: kind }];
  });
}

function countsOf({ accounts, identities, markets, patterns, copy }: Brand, notApproved: readonly NotApproved[]): Counts {
  return {
    accounts: accounts.length,
    identities: identities.length,
    markets: markets.length,
    patterns: patterns.length,
    texts: copy.length,
    approved: copy.length - notApproved.length,
  };
}
