import { UserError } from '../../domain/user-error.ts';
import type { LiveAnswer, ManualRecipe } from '../../platforms/examiner.ts';
import type { Patient } from './patient.ts';
import { whyNotAsked, withExaminer } from './with-examiner.ts';

export interface LiveReport {
  readonly profile: string;
  readonly live: readonly LiveAnswer[];
  /** What only a write can tell: for a person, never run from here. */
  readonly manual: readonly ManualRecipe[];
}

const WITHIN_MS = 180_000;

/**
 * Holds what the account answers against what the adapter assumes. Only reads.
 * @throws UserError when the platform cannot be asked at all
 */
export async function askLive(patient: Patient): Promise<LiveReport> {
  const { brand, profile } = patient;
  const why = whyNotAsked(patient);
  if (!brand || !profile || why !== null) {
    throw new UserError(
      `The platform cannot be asked. ${why ?? 'The brand folder does not load.'} "first-comment doctor" tells more.`,
    );
  }
  return withExaminer(patient, profile, async (examiner) => ({
    profile: profile.name,
    live: await examiner.answerLiveQuestions(
      { identities: brand.identities, accountIds: brand.accounts.map(({ accountId }) => accountId) },
      AbortSignal.timeout(WITHIN_MS),
    ),
    manual: examiner.manualRecipes,
  }));
}

export function liveText({ profile, live, manual }: LiveReport): string {
  const answers = live.map(
    ({ id, question, seen, assumed, verdict, usedIn }) =>
      `${verdict.toUpperCase().padEnd(9)} ${id}\n  ${question}\n  seen     ${seen}\n  assumed  ${assumed}\n  used in  ${usedIn.join(', ')}\n`,
  );
  const recipes = manual.map(
    ({ id, question, steps }) => `${id}\n  ${question}\n${steps.map((step, index) => `  ${index + 1}. ${step}`).join('\n')}\n`,
  );
  const count = (verdict: LiveAnswer['verdict']) => live.filter((answer) => answer.verdict === verdict).length;
  return [
    `What profile ${profile} answers, against what the code assumes (reads only)\n`,
    ...answers,
    'What only a person can find out: by hand, on a test Page, never by this program\n',
    ...recipes,
    `${count('agrees')} agree, ${count('differs')} differ, ${count('not-seen')} not seen\n`,
  ].join('\n');
}
