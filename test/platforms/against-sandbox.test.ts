import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import type { AdPage, ListedAd, PublishRequest, UsageReport } from '../../platforms/platform.ts';
import { readWorld, startSandbox } from '../../sandbox/server.ts';
import { SIGNS } from './tiny-graph.ts';

const WORLD = readWorld(join(import.meta.dirname, '../../examples/brightloom/sandbox-world.yaml'));
const SECRETS = { appSecret: 'app-secret-of-this-test', systemUserToken: 'EAAsystem-user-of-this-test' };
const CONTEXT = { accountId: 'act_100200' };
const GERMAN_PAGE = '4000002';
const GERMAN_POST = { platform: 'meta', kind: 'facebook-post', surfaceId: '4000002_5500002' } as const;
const ITALIAN_MEDIA = { platform: 'meta', kind: 'instagram-media', surfaceId: '179000000003' } as const;
const TEXT = 'Leinen, gewebt in Portugal – so geht es weiter: https://www.brightloom.example/de-de/leinen?fcid=abc';

const ad = (number: number) => ({ platform: 'meta', accountId: 'act_100200', adId: String(23850000000 + number) }) as const;

async function start() {
  const sandbox = await startSandbox({ port: 0, world: WORLD, secrets: SECRETS });
  const usage: UsageReport[] = [];
  const adapter = createMetaAdapter({
    baseUrl: sandbox.url,
    graphVersion: 'v26.0',
    appId: '900100',
    secrets: () => SECRETS,
    sendAdIdOnInstagram: true,
    onUsage: (report) => usage.push(report),
  });
  onTestFinished(async () => {
    await adapter.close();
    await sandbox.close();
  });
  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const init =
      body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${sandbox.url}/control/${path}`, init);
    if (!answer.ok) throw new Error(`control said ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
  return { adapter, control, usage };
}

function publishing(changes: Partial<PublishRequest> = {}): PublishRequest {
  const sendBy = performance.now() + 20_000;
  return {
    surface: GERMAN_POST,
    identityId: GERMAN_PAGE,
    pageId: GERMAN_PAGE,
    adId: ad(2).adId,
    text: TEXT,
    sendBy,
    deadlineMs: 15_000,
    ...changes,
  };
}

const germanThread = { surface: GERMAN_POST, identityId: GERMAN_PAGE, pageId: GERMAN_PAGE };

describe('against the sandbox', () => {
  it("finds the surfaces of the example's ads", async () => {
    const { adapter } = await start();
    const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
    const found = await Promise.all(
      numbers.map(async (number) => {
        const resolution = await adapter.resolveAd(ad(number), CONTEXT);
        return resolution.kind === 'resolved' ? resolution.surfaces.map(({ surfaceId }) => surfaceId).join(' ') : resolution.kind;
      }),
    );
    expect(found).toEqual([
      '4000001_5500001 179000000001',
      '4000002_5500002',
      '179000000003',
      '4000003_5500004',
      '4000003_5500004',
      'later',
      '',
      '4000004_5500008',
      '4000001_5500009',
      '4000003_5500010',
      '4000006_5500011',
      '4000005_5500012 179000000012',
    ]);
  });

  it("lists the account's ads by pages, without archived ones; of those that changed also archived ones", async () => {
    const { adapter, control } = await start();
    const listed: ListedAd[] = [];
    let after: string | null = null;
    do {
      const page: AdPage = await adapter.listAds({ changedSince: null, after, limit: 4 }, CONTEXT);
      expect(page.unreadable).toEqual([]);
      listed.push(...page.ads);
      after = page.next;
    } while (after !== null);
    const found = new Map(listed.map((each) => [each.ad.adId, each]));
    expect(found.size).toBe(listed.length);
    expect(listed.filter(({ misfit }) => misfit !== null)).toEqual([]);
    expect(found.get(ad(4).adId)?.names).toEqual([{ platform: 'meta', kind: 'facebook-post', surfaceId: '4000003_5500004' }]);
    expect(found.get(ad(6).adId)).toMatchObject({ names: [], complete: false });
    expect(found.has(ad(9).adId)).toBe(false);

    const since = new Date(Date.now() - 60_000).toISOString();
    expect((await adapter.listAds({ changedSince: since, after: null, limit: 50 }, CONTEXT)).ads).toEqual([]);
    await control('PATCH', `objects/${ad(9).adId}`, { updated_time: new Date().toISOString() });
    const changed = await adapter.listAds({ changedSince: since, after: null, limit: 50 }, CONTEXT);
    expect(changed.ads).toMatchObject([{ ad: ad(9), state: 'archived' }]);
  });

  it('finds the ids that come later when they have come', async () => {
    const { adapter, control } = await start();
    expect((await adapter.resolveAd(ad(6), CONTEXT)).kind).toBe('later');
    await control('POST', 'clock', { advanceSeconds: 10 });
    expect(await adapter.resolveAd(ad(6), CONTEXT)).toMatchObject({
      kind: 'resolved',
      surfaces: [{ surfaceId: '4000006_5500006', dark: true, identityId: '4000006' }],
    });
  });

  it('does not find an unknown ad, nor one of an account that is not assigned', async () => {
    const { adapter, control } = await start();
    expect(await adapter.resolveAd(ad(99), CONTEXT)).toMatchObject({ kind: 'not-found' });
    await control('PATCH', 'tokens/system-user', { ad_accounts: [] });
    expect(await adapter.resolveAd(ad(2), CONTEXT)).toMatchObject({ kind: 'not-found' });
  });

  it('publishes, reads back, edits, hides, shows and deletes on Facebook', async () => {
    const { adapter } = await start();
    const published = await adapter.publish(publishing(), CONTEXT);
    if (published.kind !== 'accepted') throw new Error(`accepted was expected, not ${published.kind}`);
    const { commentId } = published;
    const own = { surface: GERMAN_POST, pageId: GERMAN_PAGE, adId: ad(2).adId, commentId };
    const readBack = () => adapter.readComment({ ...germanThread, commentId }, CONTEXT);
    expect(await readBack()).toMatchObject({
      kind: 'there',
      comment: { text: TEXT, applicationId: '900100' },
      authorId: GERMAN_PAGE,
      hidden: false,
      listed: { of: 2 },
    });
    expect(await adapter.readThread({ ...germanThread, signs: SIGNS, depth: { kind: 'first-page' } }, CONTEXT)).toMatchObject({
      own: [{ commentId, text: TEXT }],
      strangers: { count: 1 },
    });
    const { sendBy, deadlineMs } = publishing({ ...germanThread, adId: own.adId, text: 'Neu' });
    expect(await adapter.editComment({ ...own, text: 'Neu', sendBy, deadlineMs }, CONTEXT)).toMatchObject({ kind: 'accepted' });
    await adapter.setHidden({ ...own, hidden: true }, CONTEXT);
    expect(await readBack()).toMatchObject({ comment: { text: 'Neu' }, hidden: true, listed: null });
    await adapter.setHidden({ ...own, hidden: false }, CONTEXT);
    expect(await readBack()).toMatchObject({ hidden: false });
    await adapter.deleteComment(own, CONTEXT);
    await adapter.deleteComment(own, CONTEXT);
    expect(await readBack()).toEqual({ kind: 'gone' });
  });

  it('publishes, reads back, hides and deletes on Instagram, naming the ad', async () => {
    const { adapter, control } = await start();
    await control('PATCH', `objects/${ITALIAN_MEDIA.surfaceId}`, { requires_ad_id: true });
    const thread = { surface: ITALIAN_MEDIA, identityId: '17840000004', pageId: '4000004' };
    const published = await adapter.publish(publishing({ ...thread, adId: ad(3).adId, text: 'Lino' }), CONTEXT);
    if (published.kind !== 'accepted') throw new Error(`accepted was expected, not ${published.kind}`);
    const { commentId } = published;
    const own = { surface: ITALIAN_MEDIA, pageId: '4000004', adId: ad(3).adId, commentId };
    expect(await adapter.readComment({ ...thread, commentId }, CONTEXT)).toMatchObject({
      kind: 'there',
      authorId: '17840000004',
      listed: { rank: 1, of: 2 },
    });
    expect(await adapter.readThread({ ...thread, signs: SIGNS, depth: { kind: 'first-page' } }, CONTEXT)).toMatchObject({
      own: [{ commentId, text: 'Lino' }],
      strangers: { count: 1 },
    });
    await adapter.setHidden({ ...own, hidden: true }, CONTEXT);
    expect(await adapter.readComment({ ...thread, commentId }, CONTEXT)).toMatchObject({ hidden: true });
    await adapter.deleteComment(own, CONTEXT);
    expect(await adapter.readComment({ ...thread, commentId }, CONTEXT)).toEqual({ kind: 'gone' });
  });

  it('sees that an accepted comment is hidden', async () => {
    const { adapter } = await start();
    const surface = { platform: 'meta', kind: 'facebook-post', surfaceId: '4000005_5500012' } as const;
    const thread = { surface, identityId: '4000005', pageId: '4000005' };
    const published = await adapter.publish(publishing({ ...thread, adId: ad(12).adId }), CONTEXT);
    if (published.kind !== 'accepted') throw new Error(`accepted was expected, not ${published.kind}`);
    const reading = await adapter.readComment({ ...thread, commentId: published.commentId }, CONTEXT);
    expect(reading).toMatchObject({ kind: 'there', hidden: true, listed: null });
  });

  it('sees that comments are switched off, and is refused for good', async () => {
    const { adapter } = await start();
    const surface = { platform: 'meta', kind: 'facebook-post', surfaceId: '4000004_5500008' } as const;
    const whole = { ...surface, identityId: null, permalink: null, dark: null };
    expect(await adapter.readSurface(whole, '4000004', CONTEXT)).toMatchObject({
      commentsEnabled: false,
      identityPublished: true,
    });
    const refused = await adapter.publish(publishing({ surface, identityId: '4000004', pageId: '4000004' }), CONTEXT);
    expect(refused).toMatchObject({ kind: 'refused', why: 'invalid', code: '100' });
  });

  const doubtful = [
    ['cut-after', {}, 1],
    ['cut-before', {}, 0],
    ['http-500-after', {}, 1],
    ['http-500-before', {}, 0],
    ['html-502', { acts: true }, 1],
    ['hang-after', { ms: 6_000 }, 1],
    ['error-after', { code: 2 }, 1],
    ['ok-with-error-body', { acts: true, code: 1 }, 1],
    ['bad-shape', {}, 1],
  ] as const;
  it.each(doubtful)('after %s %j it says unknown, and a reading finds %i comments', async (fault, more, count) => {
    const { adapter, control } = await start();
    await control('POST', 'faults', { fault, ...more, match: { method: 'POST' } });
    expect(await adapter.publish(publishing({ deadlineMs: 1_500 }), CONTEXT)).toMatchObject({ kind: 'unknown' });
    const olderThan = new Date(Date.now() - 3_600_000).toISOString();
    const reading = await adapter.readThread({ ...germanThread, signs: SIGNS, depth: { kind: 'until', olderThan } }, CONTEXT);
    expect(reading.own.map(({ text }) => text)).toEqual(Array(count).fill(TEXT));
    expect(reading.complete).toBe(true);
  });

  it('takes code 506 as a hint that the comment may be there already', async () => {
    const { adapter, control } = await start();
    await control('PATCH', `objects/${GERMAN_POST.surfaceId}`, { duplicate_policy: '506' });
    expect(await adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'accepted' });
    expect(await adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'unknown', code: '506' });
  });

  it('reads a thread of several pages with empty ones between', async () => {
    const { adapter, control } = await start();
    for (let minute = 1; minute <= 120; minute += 1) {
      await control('POST', 'comments', {
        object_id: GERMAN_POST.surfaceId,
        from: { id: '555', name: 'Jane Roe' },
        message: `private remark ${minute}`,
        created_time: `${121 - minute}m ago`,
      });
    }
    await control('PATCH', `objects/${GERMAN_POST.surfaceId}`, { empty_pages: 2 });
    const olderThan = '2020-01-01T00:00:00Z';
    const reading = await adapter.readThread({ ...germanThread, signs: SIGNS, depth: { kind: 'until', olderThan } }, CONTEXT);
    expect(reading).toMatchObject({ own: [], strangers: { count: 121 }, complete: true });
    expect(JSON.stringify(reading)).not.toMatch(/private remark|Jane Roe|555/);
  });

  it('waits as long as a closed limit says, and reports its usage', async () => {
    const { adapter, control, usage } = await start();
    const closed = { call_count: 100, estimated_time_to_regain_access: 4 };
    await control('POST', 'faults', { fault: 'error', code: 80001, usage: closed, match: { method: 'POST' } });
    expect(await adapter.publish(publishing(), CONTEXT)).toMatchObject({
      kind: 'refused',
      why: 'throttled',
      retryAfterMs: 240_000,
    });
    expect(usage).toContainEqual({
      platform: 'meta',
      bucket: 'business-use-case',
      subject: GERMAN_PAGE,
      useCase: 'pages',
      highestPercent: 100,
      regainAccessMs: 240_000,
    });
  });

  it('publishes although the usage header is malformed', async () => {
    const { adapter, control } = await start();
    await control('POST', 'faults', { fault: 'malformed-usage-header', match: { method: 'POST' } });
    expect(await adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'accepted' });
  });

  it('names a dead token and a missing scope, with the mend', async () => {
    const { adapter, control } = await start();
    await control('PATCH', 'tokens/system-user', { scopes: ['ads_read', 'pages_read_engagement'] });
    expect(await adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'refused', why: 'permission', code: '200' });
    await control('PATCH', 'tokens/system-user', { invalid_subcode: 463 });
    await expect(adapter.resolveAd(ad(2), CONTEXT)).rejects.toMatchObject({
      kind: 'auth',
      code: '190/463',
      message: expect.stringContaining('Renew'),
    });
  });

  it("reads an ad's days by placement, and none of an ad that has not delivered", async () => {
    const { adapter } = await start();
    const today = new Date().toISOString().slice(0, 10);
    const weekAgo = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
    const rows = await adapter.dailyMetrics({ ad: ad(1), since: weekAgo, until: today }, CONTEXT);
    expect([...new Set(rows.map(({ publisher, position }) => `${publisher}/${position}`))]).toEqual([
      'facebook/feed',
      'instagram/feed',
    ]);
    expect(rows.length).toBeGreaterThanOrEqual(14);
    expect(rows.every(({ spend }) => /^\d+\.\d\d$/.test(spend))).toBe(true);
    expect(await adapter.dailyMetrics({ ad: ad(9), since: weekAgo, until: today }, CONTEXT)).toEqual([]);
  });
});
