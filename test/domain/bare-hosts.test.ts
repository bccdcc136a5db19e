import { describe, expect, test } from 'vitest';
import { bareHosts } from '../../domain/bare-hosts.ts';

describe('an address without a scheme', () => {
  test.each([
    ['brand.com', ['brand.com']],
    ['Mehr auf Brand.de.', ['Brand.de']],
    ['(siehe brand.example/x)', ['brand.example/x)']],
    ['shop.brand.co.uk, brand.fr', ['shop.brand.co.uk', 'brand.fr']],
    ['www.brand.it', ['www.brand.it']],
    ['bettwäsche.de', ['bettwäsche.de']],
    ['t.co/abc', ['t.co/abc']],
    ['BRAND.COM', ['BRAND.COM']],
  ])('is seen in "%s"', (text, hosts) => {
    expect(bareHosts(text)).toEqual(hosts);
  });

  test.each([
    'Qui parla Brightloom. Il bottone porta al negozio.',
    'Hier schreibt Brightloom … Das Leinen kostet 1.299,00 €.',
    'Bis 30.11. gilt der Preis, z.B. in 135 x 200 cm, d.h. p.es. u.a.',
    'Brightloom Italia S.p.A. und Brightloom S.L.',
    'Schreib an hallo@brand.com oder anna.de@brand.com',
    'co.uk und .de allein',
    'Made with Node.js...ja',
    'Fin.',
  ])('is not seen in "%s"', (text) => {
    expect(bareHosts(text)).toEqual([]);
  });
});
