import { SANDBOX_PROFILE } from '../../config/checks/connections.ts';
import type { Profile } from '../../domain/brand.ts';
import type { PlatformExaminer } from '../../platforms/examiner.ts';
import { createMetaExaminer } from '../../platforms/meta/examine/index.ts';
import type { Patient } from './patient.ts';

/** The profile's platform, opened for as long as `work` takes. */
export async function withExaminer<T>(
  { secret }: Patient,
  { name, meta }: Profile,
  work: (examiner: PlatformExaminer) => Promise<T>,
): Promise<T> {
  const { appSecretEnv, systemUserTokenEnv, ...settings } = meta;
  const examiner = createMetaExaminer({
    ...settings,
    plainHttp: name === SANDBOX_PROFILE,
    secrets: () => ({ appSecret: secret(appSecretEnv), systemUserToken: secret(systemUserTokenEnv) }),
  });
  try {
    return await work(examiner);
  } finally {
    await examiner.close();
  }
}

/** Why the platform cannot be asked; `null` when it can. */
export function whyNotAsked({ profile, missingSecrets }: Patient): string | null {
  if (profile === null) return 'There is no profile.';
  return missingSecrets.length === 0 ? null : `Not set: ${missingSecrets.join(', ')}.`;
}
