import type { Finding } from '../../platforms/examiner.ts';

export const ok = (id: string, says: string): Finding => ({ id, state: 'ok', says, mend: null });
export const warning = (id: string, says: string, mend: string): Finding => ({ id, state: 'warning', says, mend });
export const wrong = (id: string, says: string, mend: string): Finding => ({ id, state: 'wrong', says, mend });
export const notChecked = (id: string, says: string, mend: string | null = null): Finding => ({
  id,
  state: 'not-checked',
  says,
  mend,
});

/** The same reason for several things that nobody could look at. */
export function noneChecked(ids: readonly string[], says: string): readonly Finding[] {
  return ids.map((id) => notChecked(id, says));
}

/** What an unforeseen error says, in one line. */
export function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
}
