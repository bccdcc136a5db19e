import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { problemAt } from '../yaml-file.ts';

/** The one profile that may speak plain http: its platform is a process on this machine or in this network. */
export const SANDBOX_PROFILE = 'sandbox';

/** Tokens travel in the header of every call, so every profile but the sandbox's speaks https. */
export function checkConnections({ connections }: Folder): readonly Problem[] {
  if (!connections) return [];
  const { file, value } = connections;
  return Object.entries(value.profiles).flatMap(([name, { meta }]) =>
    name === SANDBOX_PROFILE || meta.baseUrl.startsWith('https://')
      ? []
      : [
          problemAt(
            file,
            ['profiles', name, 'meta', 'baseUrl'],
            `profile ${name} would send its token over plain http`,
            'write an https:// address',
          ),
        ],
  );
}
