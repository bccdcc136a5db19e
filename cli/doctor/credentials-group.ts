import { SANDBOX_PROFILE } from '../../config/checks/connections.ts';
import { isSecretSet } from '../../config/unknown-settings.ts';
import type { Profile } from '../../domain/brand.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { notChecked, ok, wrong } from './findings.ts';
import type { Group, Patient } from './patient.ts';
import { NO_BRAND, whyNotAsked, withExaminer } from './with-examiner.ts';

/** Secrets of every profile by name, and what the chosen one's platform says of them. */
export const credentialsGroup: Group = {
  name: 'credentials',
  timeoutMs: 25_000,
  async examine(patient, tell, signal) {
    const { brand, profile } = patient;
    if (!brand) return tell([notChecked('credentials.secrets', NO_BRAND)]);
    tell(Object.values(brand.profiles).map((each) => (each.name === profile?.name ? chosen(patient, each) : other(each))));
    if (profile === null || whyNotAsked(patient) !== null) {
      return tell([notChecked('credentials.token', whyNotAsked(patient) ?? 'There is no profile.')]);
    }
    await withExaminer(patient, profile, async (examiner) => tell(await examiner.examineCredentials(signal)));
  },
};

function chosen({ missingSecrets }: Patient, { name, meta }: Profile): Finding {
  const id = `credentials.secrets.${name}`;
  const names = `${meta.appSecretEnv} and ${meta.systemUserTokenEnv}`;
  if (missingSecrets.length === 0) return ok(id, `Profile ${name}: ${names} are set.`);
  const mend =
    name === SANDBOX_PROFILE
      ? 'Run npm start (or first-comment sandbox): it makes them for this machine.'
      : `Set ${missingSecrets.join(' and ')} in the environment of worker and command line.`;
  return wrong(id, `Profile ${name}: not set: ${missingSecrets.join(', ')}.`, mend);
}

function other({ name, meta }: Profile): Finding {
  const missing = [meta.appSecretEnv, meta.systemUserTokenEnv].filter((each) => !isSecretSet(each));
  const says = missing.length === 0 ? 'its secrets are set' : `not set: ${missing.join(', ')}`;
  return notChecked(`credentials.secrets.${name}`, `Profile ${name} is not chosen; ${says}.`);
}
