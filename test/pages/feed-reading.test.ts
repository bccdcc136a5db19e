import { describe, expect, test } from 'vitest';
import { browserForThisFile, card, inBrowser, noBrowser } from './browser.ts';
import { contrastsOf } from './contrast.ts';
import { BOTH, DE_POST, GERMAN, REELS, UK_POST } from './feed-world.ts';

const SCHEMES = ['light', 'dark'] as const;
const VIEWS = ['/feed', '/feed?market=de-DE', `/feed?ad=${BOTH}`, `/feed?ad=${REELS}`, '/feed?market=nowhere', '/feed?ad=1'];

describe.skipIf(noBrowser)(inBrowser('The feed for every reader'), () => {
  const open = browserForThisFile();

  test('can be walked by keyboard: skip link, cards by arrows, a thread by Enter, shut by Escape', async () => {
    const { page } = await open();
    const focused = async () => (await page.locator(':focus').textContent())?.replace(/\s+/g, ' ').trim();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the ads');
    expect(await page.locator('.skip').evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Leinen on Facebook');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Leinen als Reel on Instagram');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Waffle, both networks on Facebook');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('View the whole comment');
    await page.keyboard.press('Enter');
    const sheet = card(page, BOTH).locator('.sheet');
    expect(await sheet.isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await sheet.and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await sheet.isVisible()).toBe(false);
    expect(await focused()).toContain('View the whole comment');
  });

  test('has landmarks, ordered headings and a name for everything that can be used', async () => {
    const { page, visit } = await open();
    for (const view of VIEWS) {
      await visit(view);
      expect(await page.getByRole('main').count()).toBe(1);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      const levels = await page.locator('h1, h2, h3, h4').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const mustBeNamed = ['link', 'button', 'DisclosureTriangle', 'image', 'navigation', 'region', 'article', 'group'];
      const nameless = nodes.filter(({ ignored, role, name }) => {
        return !ignored && mustBeNamed.includes(String(role?.value)) && !String(name?.value ?? '').trim();
      });
      // A folded thread is a group of its own for Chromium, named by what unfolds it.
      expect(nameless.filter(({ role }) => role?.value !== 'group').map(({ role }) => role?.value)).toEqual([]);
      const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('tells a state in words and by a sign, not only by colour', async () => {
    const { page, comment, visit } = await open();
    await comment('ours', UK_POST);
    await visit('/feed');
    const states = await page
      .locator('.unit header .state')
      .evaluateAll((all) =>
        all.map((each) => ({ word: each.querySelector('b')?.textContent, sign: each.querySelector('path')?.getAttribute('d') })),
      );
    expect(new Set(states.map(({ word }) => word))).toEqual(new Set(['Visible', 'None']));
    expect(new Set(states.map(({ sign }) => sign)).size).toBe(2);
  });

  test.each(SCHEMES)('is readable in %s colours: all text has the contrast that WCAG AA asks for', async (colorScheme) => {
    const { page, comment, visit, call } = await open({ colorScheme });
    await comment('ours https://www.brightloom.example/de-de/leinen', DE_POST);
    const hidden = await comment('ours', UK_POST);
    await call(`/control/objects/${hidden}`, { method: 'PATCH', json: { is_hidden: true } });
    for (const view of VIEWS) {
      await visit(view);
      for (const details of await page.locator('details').all()) await details.evaluate((each) => each.setAttribute('open', ''));
      const { poor, measured } = await contrastsOf(page);
      expect(poor).toEqual([]);
      expect(measured).toBeGreaterThan(2);
    }
    await visit('/feed');
    const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe(colorScheme === 'dark' ? 'rgb(21, 19, 17)' : 'rgb(244, 240, 234)');
  });

  test('fits a phone of 360 pixels: nothing sticks out, and the next market is a swipe away', async () => {
    const { page, visit } = await open({ viewport: { width: 360, height: 740 }, hasTouch: true });
    for (const view of VIEWS) {
      await visit(view);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect([view, wide]).toEqual([view, 360]);
    }
    await visit('/feed');
    const [first, second] = [page.getByRole('region').nth(0), page.getByRole('region').nth(1)];
    expect((await first.boundingBox())?.width).toBe(360);
    expect((await second.boundingBox())?.x).toBe(360);
    await page.locator('main').evaluate((element) => element.scrollTo({ left: 300, behavior: 'instant' }));
    await expect.poll(() => page.evaluate("document.querySelector('main').scrollLeft")).toBe(360);
    const inside = await first.locator('.phone').evaluateAll((all) => all.every((each) => each.scrollWidth <= each.clientWidth));
    expect(inside).toBe(true);
  });

  test('moves nothing for those who asked for less motion', async () => {
    const { page } = await open({ reducedMotion: 'reduce' });
    await card(page, GERMAN).locator('.thread summary').click();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    const { page: lively } = await open({ reducedMotion: 'no-preference' });
    await card(lively, GERMAN).locator('.thread summary').click();
    const motion = await lively.evaluate("getComputedStyle(document.querySelector('.thread[open] .sheet')).animationName");
    expect(motion).toBe('rise');
  });
});
