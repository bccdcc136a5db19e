import type { Client } from '@temporalio/client';
import { type FoundSweep, findSweeps } from '../../client/index.ts';
import { tellServed } from '../../domain/served.ts';
import { DEFAULT_TIMING, scaleTiming } from '../../domain/timing.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { noneChecked, ok, warning, wrong } from './findings.ts';
import type { Patient } from './patient.ts';

const idOf = (accountId: string) => `temporal.sweeps.${accountId}`;

/** One check for each account of the brand; of all together where the brand folder does not tell them. */
export function sweepIds({ brand }: Patient): readonly string[] {
  return brand ? brand.accounts.map(({ accountId }) => idOf(accountId)) : ['temporal.sweeps'];
}

/** Whether each configured account is swept, by the schedule that `setup` would make now. */
export async function examineSweeps(patient: Patient, client: Client): Promise<readonly Finding[]> {
  const { brand, profile } = patient;
  if (!brand || !profile)
    return noneChecked(sweepIds(patient), 'Without brand folder and profile nobody knows what is to be swept.');
  const { sweepEveryMs } = scaleTiming(DEFAULT_TIMING, profile.timingScale);
  const served = { brandId: brand.id, profile: profile.name };
  return (await findSweeps(client, served, brand.accounts, sweepEveryMs)).map(judge);
}

function judge(found: FoundSweep): Finding {
  const { accountId, scheduleId } = found;
  const id = idOf(accountId);
  switch (found.is) {
    case 'as-wanted':
      return ok(id, `${accountId} is swept.`);
    case 'missing':
      return wrong(
        id,
        `${accountId} is not swept: no schedule ${scheduleId} is there. Later looks, lost attempts and wake-ups wait.`,
        'Run first-comment setup, or restart a worker.',
      );
    case 'paused':
      return warning(
        id,
        `${accountId} is not swept: somebody paused its schedule${found.note === '' ? '' : ` (${found.note})`}.`,
        `temporal schedule toggle --unpause --schedule-id ${scheduleId}`,
      );
    case 'changed':
      return warning(
        id,
        `The schedule ${scheduleId} is another than this brand folder and version would make.`,
        'Run first-comment setup, or restart a worker.',
      );
    case 'anothers':
      return wrong(
        id,
        `${accountId} is not swept for this brand and profile: its schedule is ${tellServed(found.of)}'s.`,
        `Choose a namespace of its own with TEMPORAL_NAMESPACE; or, when the other is used no more, temporal schedule delete --schedule-id ${scheduleId}, then first-comment setup.`,
      );
  }
}
