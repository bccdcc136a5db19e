import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOurs, mayBeOurs, normaliseText, partOwn } from '../../domain/ours.ts';
import { ownComment } from './good.ts';

const SIGNS = {
  knownCommentIds: ['known'],
  attemptTexts: ['Élan  de\nBrightloom. 30 jours.'],
  surfaceKey: 'abc123',
  keyParameter: 'fcid',
  appIds: ['900100'],
};

test.each([
  ['a comment whose id the ledger knows, whatever it says', { commentId: 'known', text: 'edited', applicationId: '5' }, true],
  ["this surface's key in the link", { text: 'x https://a.example/?utm_source=f&fcid=abc123' }, true],
  ['the key before a fragment', { text: 'x https://a.example/?fcid=abc123#top und mehr' }, true],
  ['the key, written by our app', { text: 'https://a.example/?fcid=abc123', applicationId: '900100' }, true],
  ['the key, written by another app', { text: 'https://a.example/?fcid=abc123', applicationId: '5' }, false],
  ["another surface's key", { text: 'https://a.example/?fcid=abc124' }, false],
  ['a longer key', { text: 'https://a.example/?fcid=abc1234' }, false],
  ['another parameter that ends alike', { text: 'https://a.example/?xfcid=abc123' }, false],
  ['the key without its parameter', { text: 'abc123' }, false],
  ['the text of an attempt in other white space', { text: ' Élan de Brightloom.\u00a030 jours. ' }, true],
  ['the text of an attempt in decomposed letters', { text: 'Élan  de\nBrightloom. 30 jours.'.normalize('NFD') }, true],
  ['the text of an attempt, written by another app', { text: 'Élan de Brightloom. 30 jours.', applicationId: '5' }, false],
  ['a part of the text of an attempt', { text: 'Élan de Brightloom.' }, false],
  ['a text that the brand wrote by hand', { text: 'Merci !' }, false],
  ['an empty text', { text: '' }, false],
])('%s', (_, fields, ours) => {
  expect(isOurs(ownComment(fields), { ...SIGNS, attemptTexts: [...SIGNS.attemptTexts, ''] })).toBe(ours);
});

test.each([
  ['an id that the ledger knows', { commentId: 'known', text: '', applicationId: '5' }, true],
  ['our app', { text: 'Merci !', applicationId: '900100' }, true],
  ['another app, though with our key', { text: 'https://a.example/?fcid=abc123', applicationId: '5' }, false],
  ["this surface's key", { text: 'https://a.example/?fcid=abc123' }, true],
  ["another surface's key", { text: 'https://a.example/?fcid=abc124' }, true],
  ['the text of an attempt', { text: 'Élan de Brightloom. 30 jours.' }, true],
  ['another parameter that ends alike', { text: 'https://a.example/?xfcid=abc123' }, false],
  ['what anybody may write', { text: 'Merci !' }, false],
])('a comment without an author may be ours or not: %s', (_, fields, maybe) => {
  expect(mayBeOurs(ownComment(fields), SIGNS)).toBe(maybe);
});

test('what would be ours with our name may be ours without one', () => {
  const comment = fc.record({
    commentId: fc.constantFrom('known', 'a'),
    text: fc.constantFrom('x', '?fcid=abc123', '?fcid=9', 'Élan de Brightloom. 30 jours.'),
    applicationId: fc.constantFrom(null, '900100', '5'),
  });
  fc.assert(
    fc.property(comment, (fields) => {
      expect(mayBeOurs(ownComment(fields), SIGNS) || !isOurs(ownComment(fields), SIGNS)).toBe(true);
    }),
  );
});

test('every comment of our identity is either ours or hand-written, none is lost', () => {
  const comment = fc.record({ commentId: fc.constantFrom('known', 'a', 'b'), text: fc.constantFrom('x', 'fcid=abc123', '') });
  fc.assert(
    fc.property(fc.array(comment), (fields) => {
      const comments = fields.map(ownComment);
      const { ours, handWritten } = partOwn(comments, SIGNS);
      expect(ours.length + handWritten.length).toBe(comments.length);
      expect(ours.every((each) => isOurs(each, SIGNS))).toBe(true);
      expect(handWritten.some((each) => isOurs(each, SIGNS))).toBe(false);
    }),
  );
});

test('normalising twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(normaliseText(normaliseText(text))).toBe(normaliseText(text));
    }),
  );
});
