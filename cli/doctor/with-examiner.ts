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

/** Of whatever hangs on a folder with mistakes, which are told once. */
export const NO_BRAND = 'The brand folder does not load (see above).';

/** Why the platform cannot be asked; `null` when it can. */
export function whyNotAsked({ brand, profile, missingSecrets }: Patient): string | null {
  if (brand === null) return NO_BRAND;
  if (profile === null) return 'There is no profile (see above).';
  return missingSecrets.length === 0 ? null : "The profile's secrets are not set (see above).";
}
