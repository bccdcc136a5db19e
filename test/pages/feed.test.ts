import { describe, expect, test } from 'vitest';
import { readWorld } from '../../sandbox/server.ts';
import { browserForThisFile, card, inBrowser, noBrowser } from './browser.ts';
import { BOTH, CAROUSEL, CATALOGUE, DE_POST, feedWorld, GERMAN, REELS, STORIES, UK_MEDIA, UK_POST } from './feed-world.ts';

const example = readWorld(new URL('../../examples/brightloom/sandbox-world.yaml', import.meta.url).pathname);

describe.skipIf(noBrowser)(inBrowser('The feed in a browser'), () => {
  const open = browserForThisFile();

  test('shows every ad of the example once for each network, and asks no other host', async () => {
    const { page, visit, sandbox, problems } = await open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).host));
    const { page: examplePage } = await open({ world: example });
    await visit('/feed?placement=facebook');
    await visit(`/feed?ad=${BOTH}`);
    expect(new Set(asked)).toEqual(new Set([new URL(sandbox.url).host]));
    expect(problems).toEqual([]);
    const shown = await examplePage.locator('article').evaluateAll((all) => all.map((each) => each.dataset.key?.split('-')[0]));
    expect([...new Set(shown)].sort()).toEqual((example.ads ?? []).map(({ id }) => id).sort());
  });

  test('puts the markets side by side on a wide screen, each with its own ads', async () => {
    const { page } = await open();
    const columns = page.getByRole('region');
    expect(await columns.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))).toEqual([
      'Germany, de-DE',
      'United Kingdom, en-GB',
    ]);
    const [left, right] = [await columns.nth(0).boundingBox(), await columns.nth(1).boundingBox()];
    expect(left?.y).toBe(right?.y);
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
    expect(await columns.nth(0).getByRole('heading', { level: 3 }).count()).toBe(4);
    expect(await columns.nth(1).getByRole('heading', { level: 3 }).count()).toBe(3);
  });

  test('gives each look its phone: post, reel, carousel, catalogue; an ad of stories only has words and no phone', async () => {
    const { page } = await open();
    await expectText(card(page, GERMAN).getByRole('group', { name: 'Phone: Facebook feed' }), 'Leinen, das atmet.');
    await expectText(card(page, REELS, 'instagram').getByRole('group', { name: 'Phone: Instagram reels' }), 'Ein Bett.');
    expect(await card(page, CAROUSEL).getByRole('list', { name: 'Carousel of 2 cards' }).getByRole('listitem').count()).toBe(2);
    expect(
      await card(page, CATALOGUE)
        .getByRole('list', { name: /^Goods of a catalogue/ })
        .count(),
    ).toBe(1);
    await expectText(card(page, CATALOGUE), 'there is no thread');
    expect(await card(page, CATALOGUE).textContent()).not.toContain('{{');
    expect(await card(page, STORIES, 'words').locator('.phone').count()).toBe(0);
    await expectText(card(page, STORIES, 'words'), 'Facebook stories, Instagram stories: no thread here.');
  });

  test('shows one ad in every placement in which it runs, at an address of its own', async () => {
    const { page } = await open({ path: `/feed?ad=${BOTH}` });
    const phones = await page.locator('.phone').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    expect(phones).toEqual([
      'Phone: Facebook feed',
      'Phone: Facebook video feed',
      'Phone: Facebook reels',
      'Phone: Instagram feed',
      'Phone: Instagram explore',
      'Phone: Instagram reels',
    ]);
    await expectText(page.locator('section.wordsonly'), 'Instagram stories');
    await page.getByRole('link', { name: 'The feed' }).click();
    expect(new URL(page.url()).search).toBe('');
  });

  test('narrows by market, placement and state, each with an address that leads back to the same view', async () => {
    const { page, comment, visit } = await open();
    await comment('ours', UK_POST);
    await comment('ours', UK_MEDIA);
    await page.getByRole('navigation', { name: 'Markets' }).getByRole('link', { name: 'en-GB' }).click();
    expect(await page.locator('article').count()).toBe(3);
    await page.getByRole('link', { name: '2 Visible' }).click();
    expect(await page.locator('article').count()).toBe(2);
    await page.locator('summary', { hasText: 'All placements' }).click();
    await page.getByRole('link', { name: 'Instagram explore', exact: true }).click();
    const found = page.getByRole('article');
    expect(await found.count()).toBe(1);
    expect(await found.getByRole('group', { name: 'Phone: Instagram explore' }).count()).toBe(1);
    const { pathname, search } = new URL(page.url());
    expect(search).toBe('?market=en-GB&placement=instagram%2Fexplore&state=visible');
    await visit(`${pathname}${search}`);
    expect(await page.locator('article').count()).toBe(1);
    await page.getByRole('link', { name: '1 Visible' }).click();
    expect(new URL(page.url()).search).toBe('?market=en-GB&placement=instagram%2Fexplore');
  });

  test('shows the first comment below the ad and the whole thread on request; ours is marked with its rank', async () => {
    const { page, comment, visit } = await open();
    await comment(`Hier schreibt Brightloom. ${'https://www.brightloom.example/de-de/leinen?long='.padEnd(300, 'x')}`, DE_POST);
    await visit('/feed');
    const german = card(page, GERMAN);
    await expectText(german.locator('header'), 'Visible place 2 of 2');
    await expectText(german.locator('.preview'), 'Jonas W.');
    expect(await german.locator('.preview .mark').count()).toBe(0);
    await german.getByText('View all 2 comments').click();
    const authors = await german.locator('.sheet .bubble b').allTextContents();
    expect(authors).toEqual(['Jonas W.', 'Brightloom Deutschland']);
    expect(await german.locator('.sheet .mark').allTextContents()).toEqual(['Our first comment']);
    const [screen, bubble] = [
      await german.locator('.screen').boundingBox(),
      await german.locator('.sheet .by-ours .bubble').boundingBox(),
    ];
    if (!screen || !bubble) throw new Error('the phone or the comment is not drawn');
    expect(bubble.x + bubble.width).toBeLessThanOrEqual(screen.x + screen.width);
  });

  test('is whole without JavaScript: states, threads and filters', async () => {
    const { page, comment, visit } = await open({ javaScriptEnabled: false });
    await comment('ours', UK_POST);
    await visit('/feed?market=en-GB');
    await expectText(card(page, BOTH).locator('header'), 'Visible place 2 of 2');
    await card(page, BOTH).getByText('View all 2 comments').click();
    expect(await card(page, BOTH).locator('.sheet li').count()).toBe(2);
    expect(await page.locator('#live').isVisible()).toBe(false);
    await page.getByRole('link', { name: '1 Visible' }).click();
    expect(await page.locator('article').count()).toBe(1);
  });

  test('shows hostile texts as texts: nothing of them becomes markup, a script or a request', async () => {
    const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>"'>\u202e</h3></article>`;
    const seed = feedWorld();
    const { page, visit, problems } = await open({
      world: {
        ...seed,
        pages: (seed.pages ?? []).map((each) => ({ ...each, name: `${evil}${each.id}`, market: `${evil}${each.id}` })),
        instagram_accounts: (seed.instagram_accounts ?? []).map((each) => ({ ...each, username: evil })),
        ads: (seed.ads ?? []).map((each) => ({ ...each, name: evil })),
        posts: (seed.posts ?? []).map((each) => ({ ...each, message: evil })),
        media: (seed.media ?? []).map((each) => ({ ...each, caption: evil })),
        comments: [{ object_id: UK_POST, from: { id: '9', name: evil }, message: `${evil} https://x.example/${evil}` }],
      },
    });
    const titles: string[] = [await page.title()];
    expect(await page.locator('article').count()).toBe(7);
    for (const path of [`/feed?ad=${BOTH}`, `/feed?ad=${encodeURIComponent(evil)}`, `/feed?market=${encodeURIComponent(evil)}`]) {
      await visit(path);
      titles.push(await page.title());
    }
    await visit('/feed');
    expect(await page.locator('img:not([src^="/feed/pictures/"]), script:not([src="/feed/feed.js"]), [onerror]').count()).toBe(0);
    expect(titles.filter((title) => title === 'owned')).toEqual([]);
    // The unknown ad's page is a 404, which the browser notes; nothing else may be noted.
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
  });
});

async function expectText(place: { textContent(): Promise<string | null> }, text: string): Promise<void> {
  expect((await place.textContent())?.replace(/\s+/g, ' ')).toContain(text);
}
