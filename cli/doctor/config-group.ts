import { resolve } from 'node:path';
import { formatProblem } from '../../config/problem.ts';
import { unknownSettings } from '../../config/unknown-settings.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { notChecked, ok, warning, wrong } from './findings.ts';
import type { Group, Patient } from './patient.ts';

const SHOWN_PROBLEMS = 3;

/** Brand folder, profile, waits, and variables of the environment. */
export const configGroup: Group = {
  name: 'config',
  timeoutMs: 10_000,
  async examine(patient, tell) {
    tell([brandFolder(patient), profile(patient), timing(patient), environment()]);
  },
};

function brandFolder({ loaded, context }: Patient): Finding {
  const id = 'config.brand-folder';
  const folder = resolve(context.settings.brandFolder);
  if (loaded.ok) {
    const { name, markets, identities, accounts } = loaded.brand;
    return ok(
      id,
      `${name}: ${markets.length} markets, ${identities.length} identities, ${accounts.length} ad account(s) in ${folder}.`,
    );
  }
  const { problems } = loaded;
  const more = problems.length > SHOWN_PROBLEMS ? ` … and ${problems.length - SHOWN_PROBLEMS} more` : '';
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(formatProblem).join(' ');
  const says = `${folder} has ${problems.length} mistake(s): ${shown}${more}`;
  return wrong(id, says, 'Mend the files at these places, or set FIRST_COMMENT_BRAND to another folder.');
}

function profile({ profile: found, noProfile }: Patient): Finding {
  const id = 'config.profile';
  if (found) return ok(id, `Profile ${found.name}, ${found.meta.baseUrl}.`);
  const mend = 'Set FIRST_COMMENT_PROFILE to a profile of connections.yaml.';
  return wrong(id, `No profile: ${noProfile ?? 'none is chosen'}`, mend);
}

function timing({ profile: found }: Patient): Finding {
  const id = 'config.timing';
  if (!found) return notChecked(id, 'There is no profile.');
  if (found.timingScale === 1) return ok(id, 'The waits of the publish protocol have their full length.');
  const says = `Profile ${found.name} scales every wait of the publish protocol by ${found.timingScale}.`;
  return warning(id, says, 'Set timingScale: 1 in connections.yaml for anything but a trial.');
}

function environment(): Finding {
  const id = 'config.environment';
  const unknown = unknownSettings();
  if (unknown.length === 0) return ok(id, 'All FIRST_COMMENT_ variables are understood.');
  const says = `Nobody reads ${unknown.map(({ name, hint }) => `${name} (${hint})`).join(', ')}.`;
  return warning(id, says, `Correct or unset ${unknown.map(({ name }) => name).join(', ')}.`);
}
