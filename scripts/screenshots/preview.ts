import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { runNode } from '../testing/run-node.ts';

const SHOTS = [
  { file: 'preview.png', width: 1400, height: 1000 },
  { file: 'preview-phone.png', width: 390, height: 844 },
] as const;

/** Pictures of the preview of the example, on a desktop and on a phone. Needs no running stack. Answers their names. */
export async function takePreview(folder: string, executablePath: string): Promise<readonly string[]> {
  const place = mkdtempSync(join(tmpdir(), 'first-comment-preview-'));
  const page = join(place, 'preview.html');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await runNode(['cli/main.ts', 'preview', '--html', page], { env: { FIRST_COMMENT_BRAND: undefined }, collect: true });
    for (const { file, width, height } of SHOTS) {
      const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', colorScheme: 'light' });
      const tab = await context.newPage();
      await tab.goto(pathToFileURL(page).href);
      await tab.locator('article').first().waitFor();
      await tab.screenshot({ path: join(folder, file), animations: 'disabled', caret: 'hide' });
      await context.close();
    }
  } finally {
    await browser.close();
    rmSync(place, { recursive: true, force: true });
  }
  return SHOTS.map(({ file }) => file);
}
