import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { WorldSeed } from '../../sandbox/server.ts';
import { running } from '../sandbox/small-world.ts';
import { findChromium } from './chromium.ts';
import { feedWorld, UK_MEDIA, UK_POST } from './feed-world.ts';

const found = findChromium();

/** For `describe.skipIf`: tests of pages need a browser. */
export const noBrowser = 'missing' in found;

/** A title that says why its tests are skipped, if they are. */
export function inBrowser(title: string): string {
  return 'missing' in found ? `${title} (skipped: ${found.missing})` : title;
}

export interface OpenOptions extends BrowserContextOptions {
  readonly world?: WorldSeed;
  readonly path?: string;
}

/** One Chromium for the tests of a file; each test gets a sandbox and a page of its own. */
export function browserForThisFile() {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if ('path' in found) browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());

  return async ({ world = feedWorld(), path = '/feed', ...options }: OpenOptions = {}) => {
    if (!browser) throw new Error('there is no browser');
    const started = await running(world);
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, reducedMotion: 'reduce', ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    const visit = (to: string) => page.goto(`${started.sandbox.url}${to}`);
    await visit(path);
    /** Writes a comment as the Page behind the surface. */
    const comment = async (message: string, surface: string): Promise<string> => {
      const token = await started.pageToken(surface === UK_POST || surface === UK_MEDIA ? '4000001' : '4000002');
      const answer = await started.call(`/v26.0/${surface}/comments`, { method: 'POST', form: { message }, token });
      if (answer.status !== 200) throw new Error(answer.text);
      return String(answer.at('id'));
    };
    return { ...started, page, visit, problems, comment };
  };
}

/** The card of an ad on a network. */
export function card(page: Page, adId: string, network: 'facebook' | 'instagram' | 'words' = 'facebook') {
  return page.locator(`article[data-key="${adId}-${network}"]`);
}
