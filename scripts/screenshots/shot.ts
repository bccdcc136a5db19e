import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Stack } from './stack.ts';

/** The ad with the most to see: two surfaces, both visible, and a stranger's comment in one thread. */
export const TELLING_AD = { platform: 'meta', accountId: 'act_100200', adId: '23850000001' } as const;

/** One picture: what to open, what must stand there before it is taken, and the size of the window. */
export interface Shot {
  readonly file: string;
  readonly size: { readonly width: number; readonly height: number };
  /** Light unless given. */
  readonly colours?: 'light' | 'dark';
  readonly more?: BrowserContextOptions;
  readonly open: (page: Page, stack: Stack) => Promise<void>;
  /** The part of the window that is shown; all of it when left out. */
  readonly part?: (page: Page) => Promise<{ x: number; y: number; width: number; height: number }>;
}
