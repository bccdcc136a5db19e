import type { Page } from 'playwright-core';
import { workflowIdOf } from '../../domain/ad.ts';
import { type Shot, TELLING_AD } from './shot.ts';
import type { Stack } from './stack.ts';

/** One run in the Temporal UI: what it says of itself, and its history. */
export const TEMPORAL_SHOTS: readonly Shot[] = [
  {
    file: 'temporal-run.png',
    size: { width: 1400, height: 1150 },
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

/** The UI leads from the workflow's id to its latest execution. */
async function runPage(page: Page, { temporalUi }: Stack, tab: 'history' | 'user-metadata'): Promise<string> {
  await page.goto(`${temporalUi}/${encodeURIComponent(workflowIdOf(TELLING_AD))}`);
  await page.waitForURL(/\/(history|timeline)/);
  return page.url().replace(/\/(history|timeline).*$/, `/${tab}`);
}
