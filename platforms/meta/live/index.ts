import { z } from 'zod';
import type { Identity } from '../../../domain/brand.ts';
import type { LiveAnswer } from '../../examiner.ts';
import { PlatformError } from '../../platform.ts';
import type { Graph } from '../graph.ts';
import { AD_QUESTIONS } from './ads.ts';
import { ERROR_QUESTIONS } from './errors.ts';
import { HEADER_QUESTIONS } from './headers.ts';
import { HOLD_QUESTIONS } from './holds.ts';
import type { Asking, Question } from './question.ts';
import { findSubjects } from './subjects.ts';
import { THREAD_QUESTIONS } from './threads.ts';

/** Every question that reading answers. */
export const LIVE_QUESTIONS: readonly Question[] = [
  ...ERROR_QUESTIONS,
  ...HEADER_QUESTIONS,
  ...THREAD_QUESTIONS,
  ...AD_QUESTIONS,
  ...HOLD_QUESTIONS,
];

/** Asks one after the other, so that a real account sees a calm caller. */
export async function answerLiveQuestions(
  graph: Graph,
  { identities, accountIds }: { readonly identities: readonly Identity[]; readonly accountIds: readonly string[] },
  signal: AbortSignal,
): Promise<readonly LiveAnswer[]> {
  const subjects = await findSubjects(graph, identities, accountIds, signal);
  const asking: Asking = { graph, context: { accountId: subjects.accountId ?? 'doctor', signal }, subjects };
  const answers: LiveAnswer[] = [];
  for (const { ask, ...question } of LIVE_QUESTIONS) answers.push({ ...question, ...(await answered(ask, asking)) });
  return answers;
}

async function answered(ask: Question['ask'], asking: Asking) {
  try {
    return await ask(asking);
  } catch (error) {
    if (error instanceof PlatformError) return { seen: error.message, verdict: 'not-seen' } as const;
    if (error instanceof z.ZodError) return { seen: 'an answer of another shape', verdict: 'differs' } as const;
    throw error;
  }
}
