import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Market, SlotType } from '../../domain/brand.ts';
import { copyHash } from '../../domain/copy/hash.ts';
import { renderCopy } from '../../domain/copy/render.ts';
import { formatSlot, isDay } from '../../domain/copy/slot.ts';
import { readCopySource } from '../../domain/copy/source.ts';

const SLOTS: Readonly<Record<string, SlotType>> = { who: 'text', price: 'money', until: 'date', link: 'link' };
const MARKET: Pick<Market, 'id' | 'currency' | 'values'> = {
  id: 'fr-FR',
  currency: 'EUR',
  values: {
    who: { type: 'text', text: 'Léa {et} Co' },
    price: { type: 'money', amount: '1299.50' },
    until: { type: 'date', day: '2026-12-31' },
  },
};
const LINK = 'https://shop.example/fr/?a=1&b={x}';

function render(source: string, changes: Partial<Parameters<typeof renderCopy>[0]> = {}) {
  return renderCopy({ source, slots: SLOTS, market: MARKET, link: LINK, ...changes });
}

describe('a text', () => {
  test('carries values as they are: apostrophes, braces, no marks that nobody sees', () => {
    expect(render("Jusqu'au {$until}, l'offre de {$who}: {$link}")).toEqual({
      ok: true,
      text: `Jusqu'au 31 décembre 2026, l'offre de Léa {et} Co: ${LINK}`,
    });
  });

  test.each([
    ['de-DE', 'EUR', '1.299,50\u00a0€', '31. Dezember 2026'],
    ['en-GB', 'GBP', '£1,299.50', '31 December 2026'],
    ['es-ES', 'EUR', '1299,50\u00a0€', '31 de diciembre de 2026'],
    ['pt-PT', 'EUR', '1299,50\u00a0€', '31 de dezembro de 2026'],
    ['it-IT', 'EUR', '1299,50\u00a0€', '31 dicembre 2026'],
  ])('writes money and days as people in %s do', (id, currency, price, until) => {
    expect(render('{$price} | {$until}', { market: { ...MARKET, id, currency } })).toEqual({
      ok: true,
      text: `${price} | ${until}`,
    });
  });

  test.each([
    ['{$nobody}', {}, /\{\$nobody\} is not a slot/],
    ['{$toString}', {}, /\{\$toString\} is not a slot/],
    ['{$who}', { market: { ...MARKET, values: {} } }, /\{\$who\} has no value in market fr-FR/],
    [
      '{$who}',
      { market: { ...MARKET, values: { who: { type: 'date', day: '2026-12-31' } as const } } },
      /text slot, but .* date value/,
    ],
    [
      '{$price}',
      { market: { ...MARKET, values: { price: { type: 'money', amount: '1,5' } as const } } },
      /"1,5" is not an amount/,
    ],
    [
      '{$until}',
      { market: { ...MARKET, values: { until: { type: 'date', day: '2026-02-30' } as const } } },
      /not a calendar day/,
    ],
    ['{$link}', { link: null }, /\{\$link\} needs a link/],
    ['{$who :shout}', {}, /Unknown function :shout/],
    ['{$who :number}', {}, /./],
    ['} {', {}, /MessageFormat 2 does not know/],
    ['   ', {}, /empty/],
  ])('is refused, never half filled: %s', (source, changes, problem) => {
    const rendering = render(source, changes);
    expect(rendering.ok ? rendering.text : rendering.problem).toMatch(problem);
    expect(rendering.ok).toBe(false);
  });

  test('either is refused or says its literal parts and its values, in order, and nothing else', () => {
    const literal = fc.string({ unit: 'grapheme' }).filter((text) => !/[{}\\|.]/.test(text));
    const value = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(literal, value, literal, (before, text, after) => {
        const market = { ...MARKET, values: { who: { type: 'text', text } as const } };
        const rendering = render(`x${before}{$who}${after}`, { market });
        expect(rendering).toEqual({ ok: true, text: `x${before}${text}${after}` });
      }),
    );
  });
});

describe('a source', () => {
  test('lists its variables and functions', () => {
    const source = '.input {$n :number} .match $n 1 {{one {$who}}} * {{{$n} of {$who}}}';
    expect(readCopySource(source)).toEqual({ ok: true, variables: ['n', 'who'], functions: ['number'] });
  });

  test.each([
    ['Hier } steht', 5],
    ['Hier {$link', 11],
    ['a\\x', 1],
  ])('that is broken tells where: %s', (source, offset) => {
    const read = readCopySource(source);
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? null : Math.abs(read.offset - offset)).toBeLessThanOrEqual(1);
  });
});

describe('the hash that an approval binds', () => {
  test('is the same whatever the order of the slots', () => {
    expect(copyHash('x', { a: 'text', b: 'link' })).toBe(copyHash('x', { b: 'link', a: 'text' }));
  });

  test('changes with any letter of the source and with any slot type', () => {
    const hashes = [
      copyHash('x', { a: 'text' }),
      copyHash('x ', { a: 'text' }),
      copyHash('x', { a: 'money' }),
      copyHash('x', { b: 'text' }),
      copyHash('x', {}),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

test('a calendar day has to exist', () => {
  expect(['2026-02-28', '2028-02-29'].every(isDay)).toBe(true);
  expect(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''].some(isDay)).toBe(false);
});

test('a value that is not of its type is not formatted', () => {
  expect(() => formatSlot({ type: 'money', amount: 'NaN' }, MARKET)).toThrow(RangeError);
});
