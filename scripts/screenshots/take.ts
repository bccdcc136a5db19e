import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { FEED_SHOTS } from './feed-shots.ts';
import type { Shot } from './shot.ts';
import type { Stack } from './stack.ts';
import { TEMPORAL_SHOTS } from './temporal-shots.ts';

/** Every picture of the documentation; a page that gets pictures adds its list here. */
const SHOTS: readonly Shot[] = [...FEED_SHOTS, ...TEMPORAL_SHOTS];

const SURROUNDINGS: BrowserContextOptions = {
  deviceScaleFactor: 1,
  locale: 'en-GB',
  timezoneId: 'UTC',
  reducedMotion: 'reduce',
};

/** Takes all pictures into `folder` and answers their names. */
export async function takeAll(stack: Stack, folder: string, executablePath: string): Promise<readonly string[]> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const shot of SHOTS) await take(browser, stack, shot, folder);
  } finally {
    await browser.close();
  }
  return SHOTS.map(({ file }) => file);
}

async function take(browser: Browser, stack: Stack, shot: Shot, folder: string): Promise<void> {
  const { file, size, colours = 'light', more, open, part } = shot;
  const context = await browser.newContext({ ...SURROUNDINGS, colorScheme: colours, viewport: size, ...more });
  const page = await context.newPage();
  await open(page, stack);
  await page.waitForLoadState('networkidle');
  const clip = await part?.(page);
  await page.screenshot({ path: join(folder, file), animations: 'disabled', caret: 'hide', ...(clip ? { clip } : {}) });
  await context.close();
}
