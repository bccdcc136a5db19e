import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approvalOf } from '../../domain/copy/approval.ts';
import { FOLD, foldText, lengthsOf } from '../../domain/fold.ts';
import { previewComments } from '../../domain/preview.ts';
import { propose } from '../../domain/propose.ts';
import { SURFACE_KINDS } from '../../domain/surface.ts';
import { BRAND, SNAPSHOT, surfaceOf } from './good.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('the fold', () => {
  test('cuts no letter in two and loses none, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom(...SURFACE_KINDS), (text, kind) => {
        const { shown, hidden, length } = foldText(text, kind);
        expect(shown + hidden).toBe(text);
        expect(foldText(shown, kind).length).toBeLessThanOrEqual(FOLD[kind]);
        expect(hidden === '').toBe(length <= FOLD[kind]);
      }),
    );
  });

  test('cuts at a blank, and inside a word only where there is none', () => {
    const word = 'abcde ';
    const { shown, hidden } = foldText(word.repeat(40), 'facebook-post');
    expect(shown).toBe(word.repeat(21).trimEnd());
    expect(hidden.startsWith(' abcde')).toBe(true);
    expect(foldText('x'.repeat(200), 'facebook-post').shown).toHaveLength(FOLD['facebook-post']);
    expect(foldText(`Mehr ${'x'.repeat(200)}`, 'facebook-post').shown).toBe('Mehr');
  });

  test('counts a comment with its link and without', () => {
    const link = 'https://shop.example/de/';
    expect(lengthsOf({ text: `Hallo. ${link}`, link })).toEqual({ whole: 31, withoutLink: 6 });
    expect(lengthsOf({ text: 'Hallo.', link: null })).toEqual({ whole: 6, withoutLink: 6 });
  });

  test('counts what people see as one letter as one', () => {
    expect(foldText('👩‍👩‍👧e\u0301', 'facebook-post').length).toBe(2);
  });
});

describe('the preview', () => {
  test('has the very text that a run would propose, for every kind of surface', () => {
    const shown = previewComments(BRAND, NOW).filter(({ patternId }) => patternId === 'next-step');
    const comments = shown.filter(({ marketId }) => marketId === 'de-DE');
    expect(comments.map(({ kind }) => kind)).toEqual([...SURFACE_KINDS]);
    for (const { proposal, kind } of comments) {
      const real = propose(
        { ...SNAPSHOT, landingUrls: [{ url: 'https://shop.example/de/', foundIn: 'x' }] },
        surfaceOf(kind),
        BRAND,
      );
      if ('problem' in proposal || 'problem' in real) throw new Error('nothing was proposed');
      const withoutKey = (text: string) => text.replace(/fcid=\w+/, 'fcid=');
      expect(withoutKey(proposal.text)).toBe(withoutKey(real.text));
      expect(proposal.copyHash).toBe(real.copyHash);
    }
  });

  test('shows a pattern also when no campaign would choose it', () => {
    const extra = { id: 'extra', purpose: 'who-speaks', slots: {} } as const;
    const brand = {
      ...BRAND,
      patterns: [...BRAND.patterns, extra],
      copy: BRAND.copy.map((copy) => ({ ...copy, patternId: 'extra' })),
    };
    const shown = previewComments(brand, NOW).filter(({ patternId, marketId }) => patternId === 'extra' && marketId === 'de-DE');
    expect(shown.map(({ proposal }) => 'problem' in proposal && /cannot be rendered/.test(proposal.problem))).toEqual([
      true,
      true,
    ]);
  });

  test('says who is missing where nobody of the market can speak', () => {
    const identities = BRAND.identities.filter(({ kind }) => kind === 'facebook-page');
    const silent = previewComments({ ...BRAND, identities }, NOW).filter(({ kind }) => kind === 'instagram-media');
    const comments = silent.filter(({ patternId }) => patternId === 'next-step');
    expect(comments.map(({ proposal }) => proposal)).toEqual(
      BRAND.markets.map(({ id }) => ({
        problem: `No Instagram account speaks for ${id} in identities.yaml, so nothing is published there.`,
      })),
    );
  });
});

describe('the approval of a text', () => {
  const [copy] = BRAND.copy;
  if (!copy) throw new Error('the good brand has a text');
  const { patternId, locale, version, capability, hash } = copy;
  const approval = {
    patternId,
    locale,
    version,
    capability,
    hash,
    approvedBy: 'Ada',
    approvedAt: '2026-11-01T00:00:00Z',
    expiresAt: null,
  };

  test('holds until it expires, and not at that moment any more', () => {
    const expiresAt = '2026-11-22T12:00:00Z';
    expect(approvalOf(copy, [{ ...approval, expiresAt }], NOW - 1)).toMatchObject({ kind: 'approved', by: 'Ada', expiresAt });
    expect(approvalOf(copy, [{ ...approval, expiresAt }], NOW)).toEqual({ kind: 'expired', by: 'Ada', expiresAt });
  });

  test('is the one that still holds when there are several', () => {
    const over = { ...approval, approvedBy: 'Bob', expiresAt: '2026-11-02T00:00:00Z' };
    expect(approvalOf(copy, [over, approval], NOW)).toMatchObject({ kind: 'approved', by: 'Ada' });
  });

  test.each([{ hash: 'f'.repeat(64) }, { version: 99 }])('is over when the text was changed since: %j', (change) => {
    const state = approvalOf(copy, [{ ...approval, ...change }], NOW);
    expect(state).toEqual({ kind: 'changed', by: 'Ada', at: '2026-11-01T00:00:00Z' });
  });

  test.each([{ locale: 'xx-XX' }, { capability: 'other' }, { patternId: 'other' }])(
    'is none that was given for something else: %j',
    (change) => {
      const other = { ...approval, ...change } as typeof approval;
      expect(approvalOf(copy, [other], NOW)).toEqual({ kind: 'none' });
    },
  );
});
