import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Brand } from '../../domain/brand.ts';
import { copyHash } from '../../domain/copy/hash.ts';
import { previewComments } from '../../domain/preview.ts';
import { previewPage } from '../../report/preview/page.ts';
import { exampleBrand } from '../helpers/stage.ts';
import { findChromium } from './chromium.ts';

const found = findChromium();
const title = 'missing' in found ? `The preview in a browser (skipped: ${found.missing})` : 'The preview in a browser';
const NOW = Date.parse('2026-11-22T12:00:00Z');
const place = mkdtempSync(join(tmpdir(), 'first-comment-preview-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe.skipIf('missing' in found)(title, () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser.close());

  async function opened(options: BrowserContextOptions = {}, brand: Brand = exampleBrand()): Promise<Page> {
    const file = join(place, 'preview.html');
    writeFileSync(file, previewPage(brand, previewComments(brand, NOW)));
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const visible = (page: Page) => page.locator('article:visible').count();

  test('shows every pattern in every market on every surface, and asks the network for nothing', async () => {
    const brand = exampleBrand();
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(previewPage(brand, previewComments(brand, NOW)), { waitUntil: 'networkidle' });
    expect(await visible(page)).toBe(brand.markets.length * brand.patterns.length * 2);
    expect(asked).toEqual([]);
  });

  test('cuts a long text where a phone would, and shows all of it on a key', async () => {
    const page = await opened();
    const comment = page.getByRole('article', { name: 'next-step in de-DE, Instagram media' });
    const cut =
      'Hier schreibt Brightloom. Der Button in dieser Anzeige führt in unseren deutschen Shop, wo du Größen und Preise vergleichen';
    const [summary, rest, more] = [comment.locator('summary'), comment.locator('.rest'), comment.locator('.more')];
    expect(await summary.textContent()).toBe(
      `${cut}… See more kannst; passt die Bettwäsche doch nicht, kannst du sie 60 Tage lang zurückschicken.`,
    );
    expect([await rest.isVisible(), await more.isVisible()]).toEqual([false, true]);
    await summary.focus();
    await page.keyboard.press('Enter');
    expect([await rest.isVisible(), await more.isVisible()]).toEqual([true, false]);
    // One run of text, not a second block below the first.
    expect(await page.evaluate<string>('getComputedStyle(document.querySelector("details[open] .rest")).display')).toBe('inline');
  });

  test('says of each text who approved it, and of one that nobody approved that it is not published', async () => {
    const page = await opened();
    const approved = page.getByRole('article', { name: 'launch-offer in fr-FR, Facebook post' });
    expect(await approved.locator('.state').textContent()).toBe(
      'approved by Head of Brand, Brightloom on 2026-11-18, until 2028-12-31',
    );
    const waiting = page.getByRole('article', { name: 'launch-offer in pt-PT, Facebook post' });
    expect(await waiting.locator('.state').textContent()).toBe('not approved: not published');
  });

  test('is narrowed to a market, a pattern and a surface by the keyboard alone', async () => {
    const page = await opened();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await visible(page)).toBe(4);
    const first = exampleBrand().markets[0]?.id ?? '';
    expect(await page.locator('article:visible h4').allInnerTexts()).toEqual(Array(4).fill(first));
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await visible(page)).toBe(2);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await visible(page)).toBe(1);
    expect(await page.locator('article:visible').getAttribute('aria-label')).toBe(`next-step in ${first}, Facebook post`);
  });

  test.each([360, 1400])('never needs to be scrolled sideways as a whole at %i px', async (width) => {
    const page = await opened({ viewport: { width, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  test('has markets side by side on a desktop, and below each other on a phone', async () => {
    const tops = async (width: number) => {
      const page = await opened({ viewport: { width, height: 800 } });
      const boxes = await Promise.all([0, 1].map((at) => page.locator('article').nth(at).boundingBox()));
      return boxes.map((box) => box?.y);
    };
    const [desktop, phone] = [await tops(1400), await tops(360)];
    expect(desktop[0]).toBe(desktop[1]);
    expect(phone[1]).toBeGreaterThan(phone[0] ?? Number.POSITIVE_INFINITY);
  });

  test.each(['light', 'dark'] as const)(
    'has words that stand out from what is behind them when the system is %s',
    async (colorScheme) => {
      const page = await opened({ colorScheme });
      for (const selector of ['h1', '.soft', '.state.approved', '.state.none', '.bubble b', '.more', 'dd', '.who small']) {
        const [ink = '', paper = ''] = await page.evaluate<string[]>(`(${COLOURS})(${JSON.stringify(selector)})`);
        expect(contrast(ink, paper), `${selector}: ${ink} on ${paper}`).toBeGreaterThanOrEqual(4.5);
      }
      const [paper = ''] = await page.evaluate<string[]>(`[getComputedStyle(document.body).backgroundColor]`);
      const [red = 0] = numbers(paper);
      expect(red > 128).toBe(colorScheme === 'light');
    },
  );

  test('shows names and texts as they are, whatever they hold', async () => {
    const evil = '<img src=x onerror=alert(1)></style>&amp;"\'';
    const page = await opened({}, evilBrand(evil));
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toBe(`First comments of ${evil}`);
    expect(await page.locator('.bubble').first().textContent()).toContain(evil);
    expect(await page.locator('.who').first().textContent()).toContain(evil);
  });
});

/** Runs in the page: the colour of an element's words, and the one behind them. */
const COLOURS = `(selector) => {
  const element = document.querySelector(selector);
  let behind = element;
  while (behind.parentElement && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
  return [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor];
}`;

function evilBrand(evil: string): Brand {
  const brand = exampleBrand();
  return {
    ...brand,
    name: evil,
    identities: brand.identities.map((identity) => ({ ...identity, name: evil })),
    copy: brand.copy
      .map((copy) => ({ ...copy, source: `${evil} {$link}`, hash: copyHash(evil, {}) }))
      .filter(({ capability }) => capability === 'link'),
  };
}

function numbers(colour: string): readonly number[] {
  return (colour.match(/\d+(\.\d+)?/g) ?? []).map(Number);
}

/** WCAG 2: at least 4.5 for text. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = numbers(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [a, b] = [light(one), light(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
