import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { problemAt } from '../yaml-file.ts';

/** The one profile that may speak plain http: its platform is a process on this machine or in this network. */
export const SANDBOX_PROFILE = 'sandbox';

/** The versions whose published shapes the fields of the adapter are held to (test/spec): of others nobody knows. */
export const COVERED_VERSIONS: readonly string[] = ['v26.0'];

/**
 * Tokens travel in the header of every call, so every profile but the sandbox's speaks https. And only the sandbox's waits
 * may be scaled: a real platform takes its own time to land a late request. All ask for a version that is covered.
 */
export function checkConnections({ connections }: Folder): readonly Problem[] {
  if (!connections) return [];
  const { file, value } = connections;
  const versions = Object.entries(value.profiles).flatMap(([name, { meta }]): Problem[] => {
    if (COVERED_VERSIONS.includes(meta.graphVersion)) return [];
    const covered = COVERED_VERSIONS.join(' or ');
    const problem = `profile ${name} asks for ${meta.graphVersion}, whose fields this release does not know; it covers ${covered}`;
    const mend = `write ${covered}, or use a release of first-comment that covers ${meta.graphVersion}`;
    return [problemAt(file, ['profiles', name, 'meta', 'graphVersion'], problem, mend)];
  });
  const real = Object.entries(value.profiles).filter(([name]) => name !== SANDBOX_PROFILE);
  const unsafe = real.flatMap(([name, { meta, timingScale }]) => {
    const problems: Problem[] = [];
    if (!meta.baseUrl.startsWith('https://')) {
      const problem = `profile ${name} would send its token over plain http`;
      problems.push(problemAt(file, ['profiles', name, 'meta', 'baseUrl'], problem, 'write an https:// address'));
    }
    if (timingScale !== 1) {
      const problem = `profile ${name} would scale the waits that keep comments from being published twice`;
      const mend = `leave it at 1; only the profile "${SANDBOX_PROFILE}" may scale them`;
      problems.push(problemAt(file, ['profiles', name, 'timingScale'], problem, mend));
    }
    return problems;
  });
  return [...versions, ...unsafe];
}
