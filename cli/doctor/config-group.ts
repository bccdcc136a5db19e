import { resolve } from 'node:path';
import { checkFolder } from '../../config/check-folder.ts';
import { formatProblem } from '../../config/problem.ts';
import { unknownSettings } from '../../config/unknown-settings.ts';
import { counted } from '../../domain/counted.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { noneChecked, notChecked, ok, warning, wrong } from './findings.ts';
import type { Group, Patient } from './patient.ts';
import { NO_BRAND } from './with-examiner.ts';

const SHOWN_PROBLEMS = 3;

/** Brand folder, profile, waits, and variables of the environment. */
export const configGroup: Group = {
  name: 'config',
  timeoutMs: 10_000,
  async examine(patient, tell) {
    tell([brandFolder(patient), ...contents(patient), profile(patient), timing(patient), environment()]);
  },
};

function brandFolder({ loaded, context }: Patient): Finding {
  const id = 'config.brand-folder';
  const folder = resolve(context.settings.brandFolder);
  if (loaded.ok) {
    const { name, markets, identities, accounts } = loaded.brand;
    return ok(
      id,
      `${name}: ${counted(markets.length, 'market')}, ${counted(identities.length, 'identity', 'identities')}, ${counted(accounts.length, 'ad account')} in ${folder}.`,
    );
  }
  const { problems } = loaded;
  const more = problems.length > SHOWN_PROBLEMS ? ` … and ${problems.length - SHOWN_PROBLEMS} more` : '';
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(formatProblem).join(' ');
  if (problems.some(({ place }) => place === '')) {
    return wrong(id, `There is no folder ${folder}.`, 'Set FIRST_COMMENT_BRAND to a folder that holds a brand.yaml.');
  }
  const says = `${folder} has ${counted(problems.length, 'mistake')}: ${shown}${more}`;
  return wrong(id, says, 'Mend the files at these places, or set FIRST_COMMENT_BRAND to another folder.');
}

/** What `check` remarks of a folder that loads, as far as it keeps texts from being published. */
function contents({ loaded, context }: Patient): readonly Finding[] {
  const ids = ['config.placeholders', 'config.approvals'] as const;
  if (!loaded.ok) return noneChecked(ids, NO_BRAND);
  const { warnings, counts, notApproved } = checkFolder(context.settings.brandFolder, Date.now());
  const placeholders = warnings.filter((each) => each.warning === 'placeholder').length;
  const texts = counts?.texts ?? 0;
  const stay = placeholders === 1 ? 'placeholder stands' : 'placeholders stand';
  return [
    placeholders === 0
      ? ok(ids[0], 'No placeholder stands in the brand folder.')
      : warning(ids[0], `${placeholders} ${stay} in the brand folder.`, 'Replace them: first-comment check names them.'),
    notApproved.length === 0
      ? ok(ids[1], `All ${texts} texts are approved.`)
      : warning(
          ids[1],
          `${notApproved.length} of ${texts} texts have no approval that holds, so they are not published.`,
          'Have them approved, or leave them: first-comment check names them.',
        ),
  ];
}

function profile({ loaded, profile: found, noProfile }: Patient): Finding {
  const id = 'config.profile';
  if (!loaded.ok) return notChecked(id, NO_BRAND);
  if (found) return ok(id, `Profile ${found.name}, ${found.meta.baseUrl}.`);
  const mend = 'Set FIRST_COMMENT_PROFILE to a profile of connections.yaml.';
  return wrong(id, `No profile: ${noProfile ?? 'none is chosen'}`, mend);
}

function timing({ loaded, profile: found }: Patient): Finding {
  const id = 'config.timing';
  if (!found) return notChecked(id, loaded.ok ? 'There is no profile (see above).' : NO_BRAND);
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
