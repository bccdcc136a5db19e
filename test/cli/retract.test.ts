import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatAd } from '../../domain/ad.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { stageForThisFile } from '../helpers/stage.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { runCli, temporaryHome } from './run-cli.ts';

const stage = stageForThisFile();
const SAID = ['--by', 'Legal', '--why', 'recall'];

let place: Awaited<ReturnType<typeof temporaryHome>>;

beforeAll(async () => {
  place = await temporaryHome();
});

afterAll(() => place.remove());

const cli = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  runCli(args, {
    ...place.variables,
    DATABASE_URL: stage().databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: stage().namespace,
    ...variables,
  });

const json = async (args: readonly string[], code = 0) => {
  const ended = await cli([...args, '--json']);
  expect(ended.code, ended.stderr + ended.stdout).toBe(code);
  return JSON.parse(ended.stdout);
};

async function commented(market: 'de-DE' | 'es-ES' | 'fr-FR' | 'it-IT' | 'pt-PT'): Promise<SeededAd> {
  const seeded = await stage().newAd({ market });
  expect((await stage().run(seeded.ad)).outcome).toBe('visible');
  return seeded;
}

test('without --yes it shows what would go, counted and one by one, and does nothing', async () => {
  const { ad, postId } = await commented('de-DE');
  const { code, stdout } = await cli(['retract', '--market', 'de-DE', '--pattern', 'next-step', '--version', '1']);
  expect(code).toBe(0);
  for (const shown of [/withdraw 1 comment .*version 1, market de-DE/, /by market +de-DE: 1/, /by identity +4000002: 1/]) {
    expect(stdout).toMatch(shown);
  }
  for (const shown of [/by pattern +next-step version 1: 1/, /No attempt of it is open/, /Nothing was done/]) {
    expect(stdout).toMatch(shown);
  }
  expect(stdout).toContain(formatAd(ad));
  expect(stdout).toContain(postId);
  const value = await json(['retract', '--market', 'de-DE']);
  expect(value).toMatchObject({
    dryRun: true,
    criteria: { brandId: 'brightloom', marketId: 'de-DE' },
    comments: [{ surface: { surfaceId: postId }, text: expect.any(String), belongs: { adId: ad.adId } }],
    byMarket: { 'de-DE': 1 },
  });
  expect(await stage().rows('select from withdrawal_orders')).toEqual([]);
  expect((await stage().sandbox.truth(postId)).ours).toBe(1);
});

test('a comment that no attempt explains is listed as one of which it cannot be told, and left alone', async () => {
  const { ad, postId } = await commented('pt-PT');
  await stage().rows('update publications set pattern_id = null, copy_version = null, copy_hash = null where ad_id = $1', [
    ad.adId,
  ]);
  const { stdout } = await cli(['retract', '--pattern', 'next-step', '--market', 'pt-PT']);
  expect(stdout).toMatch(/No comment of ours stands that it would cover/);
  expect(stdout).toMatch(/Whether 1 more comment would be covered cannot be told/);
  expect(stdout).toContain(postId);
  const end = await json(['retract', '--pattern', 'next-step', '--market', 'pt-PT', '--yes', ...SAID]);
  expect(end).toMatchObject({ outcome: 'withdrawn', removed: 0 });
  expect((await stage().sandbox.truth(postId)).ours).toBe(1);
});

describe('with --edit', () => {
  let ad: SeededAd['ad'];
  let postId: string;
  let past: readonly string[];

  beforeAll(async () => {
    ({ ad, postId } = await commented('es-ES'));
    past = ['retract', '--ad', formatAd(ad), '--until', new Date().toISOString(), '--edit'];
  });

  test('the dry run says which way each comment goes', async () => {
    const { stdout } = await cli(past);
    expect(stdout).toMatch(/withdraw 1 comment .*, 1 of them by an edit, 0 by deleting/);
    expect(stdout).toMatch(/text +way.*\n.* edit/s);
    expect(stdout).toMatch(/Nothing was done.* edited or deleted as shown/);
    expect(await json(['retract', '--market', 'es-ES', '--edit'])).toMatchObject({
      comments: [{ way: { kind: 'delete', why: expect.stringContaining('covers the text of today, too') } }],
    });
    expect((await stage().sandbox.writes(postId)).map(({ action }) => action)).toEqual(['created']);
  });

  test('--yes gives comments the text of today, and status and explain tell so', async () => {
    const done = await cli([...past, '--yes', ...SAID]);
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toMatch(/edited +edited: it has the text of today/);
    expect(done.stdout).toMatch(/withdrawn: 1 comment\(s\) edited, 0 removed, none left/);
    expect((await stage().sandbox.writes(postId)).map(({ action }) => action)).toEqual(['created', 'edited']);
    expect((await cli(['status'])).stdout).toMatch(/Legal +recall.*1 edited, 0 removed, carried out/);
    const explained = await cli(['explain', formatAd(ad)]);
    expect(explained.stdout).toMatch(/attempt 2 to edit \S+ on/);
    expect(explained.stdout).toMatch(/order +comment \S+ was edited/);
  });
});

describe('with --yes', () => {
  test('the comments go, each told; status and explain show the order; resume lifts it', async () => {
    const { ad, postId } = await commented('fr-FR');
    const done = await cli(['retract', '--ad', formatAd(ad), '--yes', ...SAID]);
    expect(done.code, done.stderr).toBe(0);
    expect(done.stderr).toMatch(/Ordered: ad .*of brand brightloom/);
    expect(done.stdout).toMatch(/removed +deleted, and read back as gone/);
    expect(done.stdout).toMatch(/withdrawn: 1 comment\(s\) removed, none left/);
    expect((await stage().sandbox.truth(postId)).ours).toBe(0);
    const orderId = /resume ([0-9a-f-]{36})/.exec(done.stdout)?.[1] ?? '';

    const status = await cli(['status']);
    expect(status.stdout).toMatch(new RegExp(`ad ${formatAd(ad)}.*Legal +recall.*1 removed, carried out.*${orderId}`));
    const explained = await cli(['explain', formatAd(ad)]);
    expect(explained.stdout).toMatch(/order +Legal ordered a withdrawal \(ad .*\): recall/);
    expect(explained.stdout).toMatch(/order +comment \S+ was removed: deleted, and read back as gone/);
    expect(await json(['retract', '--order', orderId])).toMatchObject({ outcome: 'withdrawn', removed: 1 });

    expect((await stage().run(ad)).outcome).toBe('withdrawn');
    expect(await json(['resume', orderId, '--by', 'Mara', '--why', 'mended'])).toEqual({ order: orderId, released: 1 });
    expect((await stage().run(ad)).outcome).toBe('visible');
    const again = await cli(['retract', '--order', orderId]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('Mara lifted the order') });
  });

  test('and a platform that refuses it ends with 1, the reason and what to type next', async () => {
    const { ad, postId } = await commented('it-IT');
    const [written] = await stage().sandbox.writes(postId);
    const match = { method: 'DELETE', objectId: written?.commentId ?? '' };
    await stage().sandbox.fault({ fault: 'error', code: 200, message: 'Permissions error', match });
    const { code, stdout } = await cli(['retract', '--ad', formatAd(ad), '--yes', ...SAID]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/not removed +.*Permissions error/);
    const orderId = /retract --order (\S+)/.exec(stdout)?.[1] ?? '';
    expect(await json(['retract', '--order', orderId])).toMatchObject({ outcome: 'withdrawn', removed: 1, left: 0 });
  });

  test('and Temporal out of reach the order stands, and the way on is told', async () => {
    const { ad } = await stage().newAd({ market: 'it-IT' });
    await stage().run(ad);
    const args = ['retract', '--ad', formatAd(ad), '--yes', ...SAID, '--json'];
    const { code, stdout } = await cli(args, { TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatch(/The order \S+ stands.*No Temporal server.*retract --order/);
    expect((await stage().run(ad)).outcome).toBe('withdrawn');
  });

  test('and without a name or a reason nothing is ordered', async () => {
    const { code, stderr } = await cli(['retract', '--market', 'es-ES', '--yes', '--by', 'Mara']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Give --by NAME and --why REASON/);
    expect(await stage().rows("select from withdrawal_orders where market_id = 'es-ES'")).toEqual([]);
  });
});

test('what is aimed at nothing is refused, and nothing is ordered', async () => {
  const unknown = await cli(['retract', '--market', 'de-DD', '--yes', ...SAID]);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('perhaps "de-DE" is meant. Nothing was withdrawn.');
  const noOrder = await cli(['retract', '--order', '00000000-0000-4000-8000-000000000000']);
  expect(noOrder.code).toBe(2);
  expect(noOrder.stderr).toContain('There is no withdrawal order');
  const both = await cli(['retract', '--order', 'x', '--market', 'de-DE']);
  expect(both.stderr).toContain('takes nothing beside');
  expect(await stage().rows("select from withdrawal_orders where market_id = 'de-DD'")).toEqual([]);
});
