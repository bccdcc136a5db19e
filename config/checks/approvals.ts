import { copyHash } from '../../domain/copy/hash.ts';
import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { problemAt } from '../yaml-file.ts';

/** Every approval binds a text of the folder as it stands. A text without approval is no mistake: it is not published. */
export function checkApprovals({ approvals, patterns, copy, brokenCopy }: Folder): readonly Problem[] {
  if (!approvals || !patterns) return [];
  const { file, value } = approvals;
  return value.approvals.flatMap((approval, at) => {
    const path = ['approvals', at] as const;
    const { pattern, locale, capability, version } = approval;
    if (brokenCopy.includes(`copy/${locale}.yaml`)) return [];
    const named = `${pattern} in ${locale} (${capability}, version ${version})`;
    const texts = copy.find((each) => each.value.locale === locale)?.value.copy[pattern];
    const slots = patterns.value.patterns.find(({ id }) => id === pattern)?.slots;
    const source = texts?.[capability];
    if (!texts || !slots || source === undefined) {
      return [
        problemAt(file, path, `no text is approved by this: there is no ${named}`, 'correct the names, or remove the approval'),
      ];
    }
    if (texts.version !== version) {
      return [
        problemAt(
          file,
          [...path, 'version'],
          `the text now has version ${texts.version}, not ${version}`,
          'remove this approval; version by version is approved anew',
        ),
      ];
    }
    if (copyHash(source, slots) !== approval.hash) {
      return [
        problemAt(
          file,
          [...path, 'hash'],
          `${named} has changed since it was approved`,
          'remove this approval, or have the new text approved',
        ),
      ];
    }
    if (approval.expiresAt !== undefined && Date.parse(approval.expiresAt) <= Date.parse(approval.approvedAt)) {
      return [problemAt(file, [...path, 'expiresAt'], 'the approval ends before it begins', 'write a later time')];
    }
    return [];
  });
}
