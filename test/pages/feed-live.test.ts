import { describe, expect, test } from 'vitest';
import { browserForThisFile, card, inBrowser, noBrowser } from './browser.ts';
import { BOTH, DE_POST, feedWorld, GERMAN, UK_MEDIA, UK_POST } from './feed-world.ts';

describe.skipIf(noBrowser)(inBrowser('The feed while runs go on'), () => {
  const open = browserForThisFile();

  test('shows a new comment without being loaded again, and says so politely', async () => {
    const { page, comment } = await open();
    await page.evaluate('void Object.assign(window, { stillHere: true })');
    await comment('ours', UK_MEDIA);
    const phone = card(page, BOTH, 'instagram');
    await phone.locator('header .state.visible').waitFor();
    await phone.locator('.preview .mark').waitFor();
    const status = page.getByRole('status');
    await status.getByText('brightloom_uk: first comment visible').waitFor();
    expect(await status.getAttribute('aria-live')).toBe('polite');
    expect(await page.evaluate("'stillHere' in window")).toBe(true);
    await page.getByRole('link', { name: '1 Visible' }).waitFor();
  });

  test('takes a comment off the phone when the platform hides it, and keeps showing it to us', async () => {
    const { page, comment, call, visit } = await open();
    const id = await comment('ours and gone', UK_POST);
    await visit('/feed');
    const phone = card(page, BOTH);
    await phone.locator('header .state.visible').waitFor();
    await call(`/control/objects/${id}`, { method: 'PATCH', json: { is_hidden: true } });
    await phone.locator('header .state.hidden').waitFor();
    expect(await phone.locator('.phone').textContent()).not.toContain('ours and gone');
    expect(await phone.locator('.unseen blockquote').textContent()).toBe('ours and gone');
    await page.getByRole('status').getByText('Brightloom UK: first comment hidden').waitFor();
  });

  test('follows the clock: an accepted comment is pending until it is listed', async () => {
    const posts = (feedWorld().posts ?? []).map((post) => ({ ...post, list_lag_seconds: 600 }));
    const { page, comment, call } = await open({ world: feedWorld({ posts }) });
    await comment('ours', DE_POST);
    await card(page, GERMAN).locator('header .state.pending').waitFor();
    await call('/control/clock', { method: 'POST', json: { advanceSeconds: 601 } });
    await card(page, GERMAN).locator('header .state.visible').waitFor();
  });

  test('keeps focus, scroll and an open thread while cards change', async () => {
    const { page, comment } = await open({ viewport: { width: 1200, height: 700 } });
    const german = card(page, GERMAN);
    await german.locator('.thread summary').focus();
    await page.keyboard.press('Enter');
    const column = page.getByRole('region', { name: 'Germany, de-DE' });
    await column.evaluate((element) => element.scrollTo(0, 140));
    const before = await column.evaluate((element) => element.scrollTop);
    expect(before).toBeGreaterThan(0);
    await comment('ours', DE_POST);
    await german.locator('.sheet .by-ours').waitFor();
    expect(await german.locator('.thread').evaluate((element) => element.hasAttribute('open'))).toBe(true);
    expect(await german.locator('.sheet').isVisible()).toBe(true);
    expect(await german.locator('.thread summary:focus').count()).toBe(1);
    expect(await column.evaluate((element) => element.scrollTop)).toBe(before);
  });

  test('shows an ad that comes into the world, in its place', async () => {
    const { page, call } = await open();
    const ads = [{ id: '23850000099', name: 'Just made', adset_id: '2381000002', creative_id: '2382000002' }];
    await call('/control/seed', { method: 'POST', json: { ads } });
    const made = card(page, '23850000099');
    await made.waitFor();
    expect(await made.getByRole('heading', { level: 3 }).textContent()).toContain('Just made');
  });

  test('does not announce a card that only moved here from another page', async () => {
    const ads = Array.from({ length: 80 }, (_, index) => ({
      id: String(23_860_000_000 + index),
      name: `Ad ${index}`,
      adset_id: '2381000002',
      creative_id: '2382000002',
    }));
    const { page, comment, call, visit } = await open({ world: feedWorld({ ads }) });
    await comment('ours', DE_POST);
    await visit('/feed?page=2');
    const status = page.getByRole('status');
    await status.getByText('Live').waitFor();
    // The first ad of another market takes half of the room, so that German cards of page 1 come to page 2.
    const more = { id: '23850000099', name: 'Just made', adset_id: '2381000002', creative_id: '2382000006' };
    const before = await page.locator('article').count();
    await call('/control/seed', { method: 'POST', json: { ads: [more] } });
    await page.locator('article').nth(before).waitFor();
    expect(await status.textContent()).not.toContain('first comment');
  });

  test('says when the sandbox does not answer', async () => {
    const { page, sandbox } = await open();
    await page.getByRole('status').getByText('Live').waitFor();
    await sandbox.close();
    await page.getByRole('status').getByText('does not answer').waitFor();
  });

  test('asks with the tag of what it has and hears that nothing changed', async () => {
    const { page } = await open();
    const unchanged = await page.waitForResponse((response) => response.status() === 304 && response.url().endsWith('/feed'));
    expect(unchanged.request().headers()['if-none-match']).toMatch(/^"/);
  });
});
