import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWorld } from '../../sandbox/server.ts';
import { running } from '../sandbox/small-world.ts';
import { findChromium } from './chromium.ts';

const found = findChromium();
const title = 'missing' in found ? `The feed in a browser (skipped: ${found.missing})` : 'The feed in a browser';
const world = readWorld(new URL('../../examples/brightloom/sandbox-world.yaml', import.meta.url).pathname);

describe.skipIf('missing' in found)(title, () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser.close());

  test('shows every ad of the example that runs on the chosen network, and asks no other host', async () => {
    const { sandbox } = await running(world);
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).host));
    await page.goto(`${sandbox.url}/feed`);
    expect(await page.locator('article').count()).toBe(11);
    await page.getByRole('link', { name: 'Instagram' }).click();
    expect(await page.locator('article').count()).toBe(4);
    expect(new Set(asked)).toEqual(new Set([new URL(sandbox.url).host]));
  });

  test('narrows to a market by a click', async () => {
    const { sandbox } = await running(world);
    const page = await browser.newPage();
    await page.goto(`${sandbox.url}/feed`);
    await page.getByRole('link', { name: 'fr-FR' }).click();
    const markets = await page.locator('.chip.market').allTextContents();
    expect(markets).toEqual(['fr-FR', 'fr-FR', 'fr-FR']);
  });

  test('marks our comment with its rank, in order and inside its phone', async () => {
    const { sandbox, call } = await running({ ...world, app: { ...world.app, require_appsecret_proof: false } });
    const token = String((await call('/v26.0/4000002?fields=access_token')).at('access_token'));
    const message = `Hier schreibt Brightloom. https://www.brightloom.example/de-de/leinen?${'long-'.repeat(60)}`;
    await call('/v26.0/4000002_5500002/comments', { method: 'POST', form: { message }, token });
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.goto(`${sandbox.url}/feed`);
    const phone = page.locator('article[data-ad="23850000002"]');
    const badges = await phone.locator('.badge').allTextContents();
    expect(badges).toEqual(['first comment · rank 2 of 2']);
    const authors = await phone.locator('.bubble b').allTextContents();
    expect(authors).toEqual(['Jonas W.', 'Brightloom Deutschland']);
    const [screen, bubble] = [await phone.locator('.screen').boundingBox(), await phone.locator('.ours .bubble').boundingBox()];
    if (!screen || !bubble) throw new Error('the phone or the comment is not drawn');
    expect(bubble.x + bubble.width).toBeLessThanOrEqual(screen.x + screen.width);
  });
});
