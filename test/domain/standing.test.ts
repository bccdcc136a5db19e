import { expect, test } from 'vitest';
import type { SurfaceFacts } from '../../domain/facts.ts';
import { standingBy } from '../../domain/standing.ts';
import { BRAND, factsWith, ownComment } from './good.ts';

const thread = (...own: Parameters<typeof ownComment>[0][]): Partial<SurfaceFacts> => ({
  thread: { ...factsWith().thread, own: own.map((fields) => ownComment(fields)) },
});

const standing = (change: Partial<SurfaceFacts>) => standingBy({ ...factsWith(), ...change }, BRAND);

test('nothing stands on a surface without a comment of ours', () => {
  expect(standing({})).toBeNull();
});

test('what the brand wrote by hand is none of ours', () => {
  expect(standing(thread({ commentId: 'hand', text: 'Merci !' }))).toBeNull();
});

test('a comment that the ledger knows stands with the text that was read', () => {
  const known = { knownCommentIds: ['c1'], ...thread({ commentId: 'c1', text: 'edited' }) };
  expect(standing(known)).toEqual({ commentId: 'c1', text: 'edited' });
});

test('of several, the one that the ledger knew first stands, as a claim answers it', () => {
  const two = thread({ commentId: 'c2', text: 'newer' }, { commentId: 'c1', text: 'older' });
  expect(standing({ knownCommentIds: ['c1', 'c2'], ...two })).toEqual({ commentId: 'c1', text: 'older' });
  expect(standing({ knownCommentIds: ['gone', 'c2'], ...two })?.commentId).toBe('c2');
});

test('a comment that the ledger has lost stands by the text of an attempt', () => {
  const found = { attemptTexts: ['Zum Leinen.'], ...thread({ commentId: 'c3', text: 'Zum  Leinen.' }) };
  expect(standing(found)).toEqual({ commentId: 'c3', text: 'Zum  Leinen.' });
});

test('a comment that only the ledger tells of has no text', () => {
  expect(standing({ knownCommentIds: ['c1'] })).toEqual({ commentId: 'c1', text: null });
});
