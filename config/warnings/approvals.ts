import { problemAt } from '../yaml-file.ts';
import type { Looked, Warning } from './warning.ts';

/** Time enough to have a text approved anew. */
const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/** Approvals that are over or will be soon: from then on the text is not published. */
export function approvalWarnings({ files: { approvals }, now }: Looked): readonly Warning[] {
  if (!approvals) return [];
  const { file, value } = approvals;
  return value.approvals.flatMap(({ pattern, locale, capability, expiresAt }, at): readonly Warning[] => {
    if (expiresAt === undefined) return [];
    const days = Math.ceil((Date.parse(expiresAt) - now) / DAY_MS);
    if (days > SOON_DAYS) return [];
    const named = `the approval of ${pattern} in ${locale} (${capability})`;
    const problem = days <= 0 ? `${named} ended at ${expiresAt}` : `${named} ends in ${days === 1 ? 'a day' : `${days} days`}`;
    const mend = 'have the text approved anew, or take the pattern out of patternChoice in brand.yaml';
    return [{ warning: 'approval-ends', ...problemAt(file, ['approvals', at, 'expiresAt'], problem, mend) }];
  });
}
