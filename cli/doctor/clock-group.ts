import { DEFAULT_TIMING } from '../../domain/timing.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { readDatabaseClock } from '../../store/examine.ts';
import { notChecked, ok, warning, wrong } from './findings.ts';
import type { Group, Patient } from './patient.ts';
import { whyNotAsked, withExaminer } from './with-examiner.ts';

/** How far another clock is ahead of this machine's, milliseconds; a reason when nobody could look. */
export type Skew = { readonly aheadMs: number } | { readonly why: string };

const BOUND_MS = DEFAULT_TIMING.skewMs;
/** The platform tells whole seconds only. */
const CALM_MS = BOUND_MS / 2;

/** This machine's clock against the database's and the platform's. */
export const clockGroup: Group = {
  name: 'clock',
  timeoutMs: 25_000,
  async examine(patient, tell, signal) {
    const [database, platform] = await Promise.all([databaseSkew(patient), platformSkew(patient, signal)]);
    tell(judgeClocks(database, platform));
  },
};

/** Says which clock is off: the one that differs from both others. */
export function judgeClocks(database: Skew, platform: Skew): readonly Finding[] {
  const known = [database, platform].filter((skew) => 'aheadMs' in skew);
  const offBoth = known.length === 2 && known.every(({ aheadMs }) => Math.abs(aheadMs) > CALM_MS);
  const sameWay = new Set(known.map(({ aheadMs }) => Math.sign(aheadMs))).size === 1;
  const blameUs = offBoth && sameWay;
  return [
    judge('clock.database', 'database', database, blameUs, known.length === 2),
    judge('clock.platform', 'platform', platform, blameUs, known.length === 2),
  ];
}

function judge(id: string, name: string, skew: Skew, blameUs: boolean, bothKnown: boolean): Finding {
  if ('why' in skew) return notChecked(id, skew.why);
  const { aheadMs } = skew;
  const seconds = (Math.abs(aheadMs) / 1_000).toFixed(1);
  const apart = `The ${name}'s clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's; ${BOUND_MS / 1_000} s are allowed.`;
  if (Math.abs(aheadMs) <= CALM_MS) return ok(id, apart);
  const culprit = blameUs ? "This machine's is the one that is off." : bothKnown ? `The ${name}'s is the one that is off.` : '';
  const mend = blameUs
    ? 'Set this machine’s clock by NTP (timedatectl set-ntp true).'
    : `Set the ${name}'s clock by NTP, or this machine's, whichever is off.`;
  return (Math.abs(aheadMs) > BOUND_MS ? wrong : warning)(id, `${apart} ${culprit}`.trim(), mend);
}

async function databaseSkew({ context }: Patient): Promise<Skew> {
  try {
    const { databaseMs, hereMs } = await readDatabaseClock(context.databaseUrl());
    return { aheadMs: databaseMs - hereMs };
  } catch (error) {
    if (error instanceof UserError) return { why: 'The database is not to be had.' };
    throw error;
  }
}

async function platformSkew(patient: Patient, signal: AbortSignal): Promise<Skew> {
  const { profile } = patient;
  const why = whyNotAsked(patient);
  if (profile === null || why !== null) return { why: why ?? 'There is no profile.' };
  const clock = await withExaminer(patient, profile, (examiner) => examiner.readClock(signal));
  return clock === null ? { why: 'The platform does not answer with its time.' } : { aheadMs: clock.platformMs - clock.hereMs };
}
