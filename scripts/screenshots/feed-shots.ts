import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';
import { TELLING_AD } from './shot.ts';
import type { Stack } from './stack.ts';

const DESKTOP = { width: 1252, height: 830 };
const PHONE = { width: 390, height: 780 };

/** The sandbox's feed: the markets side by side, on a phone, and one ad in its placements. */
export const FEED_SHOTS: readonly Shot[] = [
  { file: 'feed.png', size: DESKTOP, open: openFeed },
  { file: 'feed-dark.png', size: DESKTOP, colours: 'dark', open: openFeed },
  { file: 'feed-phone.png', size: PHONE, more: { isMobile: true, hasTouch: true }, open: openMarket },
  { file: 'feed-phone-dark.png', size: PHONE, colours: 'dark', more: { isMobile: true, hasTouch: true }, open: openThread },
  {
    file: 'feed-ad.png',
    size: { width: 1216, height: 900 },
    open: async (page, { feed }) => {
      await page.goto(`${feed}?ad=${TELLING_AD.adId}`);
      await page.locator('.by-ours').first().waitFor();
    },
  },
];

async function openFeed(page: Page, { feed }: Stack): Promise<void> {
  await page.goto(feed);
  await page.locator('.preview .by-ours').first().waitFor();
}

/** One market, scrolled so that the first comment is in sight. */
async function openMarket(page: Page, { feed }: Stack): Promise<void> {
  await page.goto(`${feed}?market=en-GB`);
  const first = page.locator('.preview .by-ours').first();
  await first.waitFor();
  await page.locator('.column').evaluate((column) => column.scrollTo(0, 200));
}

async function openThread(page: Page, stack: Stack): Promise<void> {
  await openMarket(page, stack);
  await page.locator('.thread summary').first().click();
  await page.locator('.thread[open] .sheet').first().waitFor();
  await page.locator('.column').evaluate((column) => column.scrollTo(0, 60));
}
