import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { parseAd, workflowIdOf } from '../../domain/ad.ts';
import type { Stack } from './stack.ts';

/** The ad with the most to see: two surfaces, both visible, and a stranger's comment in one thread. */
const TELLING_AD = 'meta/act_100200/23850000001';

/** One picture: what to open, what must stand there before it is taken, and the size of the window. */
interface Shot {
  readonly file: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly open: (page: Page, stack: Stack) => Promise<void>;
  /** The part of the window that is shown; all of it when left out. */
  readonly part?: (page: Page) => Promise<{ x: number; y: number; width: number; height: number }>;
}

const SHOTS: readonly Shot[] = [
  {
    file: 'feed.png',
    size: { width: 1400, height: 1120 },
    open: async (page, { feed }) => {
      await page.goto(feed);
      await page.locator('.badge').first().waitFor();
    },
  },
  {
    file: 'temporal-run.png',
    size: { width: 1400, height: 1300 },
    open: async (page, stack) => {
      await page.goto(await runPage(page, stack, 'user-metadata'));
      await page.frameLocator('iframe').last().getByText('facebook-post 4000001_5500001: visible').waitFor();
    },
  },
  {
    file: 'temporal-timeline.png',
    // Tall enough that nothing scrolls, since the heading would then lie over the timeline.
    size: { width: 1400, height: 1600 },
    open: async (page, stack) => {
      await page.goto(await runPage(page, stack, 'history'));
      await page.getByText('baseline • the 28 days before the comment').first().waitFor();
      await page.getByRole('button', { name: 'Minimized' }).click();
      await page.mouse.move(0, 0);
      await page.getByText('resolve • ask for ad').first().waitFor();
    },
    part: async (page) => {
      const heading = await page.getByRole('heading', { name: 'Event History' }).boundingBox();
      const table = await page.getByRole('button', { name: 'Compact' }).boundingBox();
      if (!heading || !table) throw new Error('The timeline is not where it used to be in the Temporal UI.');
      const y = heading.y - 5;
      return { x: 80, y, width: 1304, height: table.y - 20 - y };
    },
  },
];

const SURROUNDINGS: BrowserContextOptions = {
  deviceScaleFactor: 1,
  locale: 'en-GB',
  timezoneId: 'UTC',
  colorScheme: 'light',
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

async function take(browser: Browser, stack: Stack, { file, size, open, part }: Shot, folder: string): Promise<void> {
  const context = await browser.newContext({ ...SURROUNDINGS, viewport: size });
  const page = await context.newPage();
  await open(page, stack);
  await page.waitForLoadState('networkidle');
  const clip = await part?.(page);
  await page.screenshot({ path: join(folder, file), animations: 'disabled', caret: 'hide', ...(clip ? { clip } : {}) });
  await context.close();
}

/** The UI leads from the workflow's id to its latest execution. */
async function runPage(page: Page, { temporalUi }: Stack, tab: 'history' | 'user-metadata'): Promise<string> {
  const parsed = parseAd(TELLING_AD);
  if (!parsed.ok) throw new Error(parsed.problem);
  await page.goto(`${temporalUi}/${encodeURIComponent(workflowIdOf(parsed.ad))}`);
  await page.waitForURL(/\/(history|timeline)/);
  return page.url().replace(/\/(history|timeline).*$/, `/${tab}`);
}
