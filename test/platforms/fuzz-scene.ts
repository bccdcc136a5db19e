import { join } from 'node:path';
import type { OurSigns } from '../../domain/ours.ts';
import { createMetaAdapter, type MetaAdapter } from '../../platforms/meta/index.ts';
import type { PublishRequest } from '../../platforms/platform.ts';
import { readWorld, startSandbox, type WorldSeed } from '../../sandbox/server.ts';
import { sandboxControl } from '../helpers/sandbox-control.ts';
import { openTamperingGraph, type TamperingGraph } from '../helpers/tampering-graph.ts';

export const SECRETS = { appSecret: 'app-secret-of-this-test', systemUserToken: 'EAAsystem-user-of-this-test' };
const PAGE = '4000001';
const INSTAGRAM = '17840000001';
const POST = '4000001_5500001';
const MEDIA = '179000000001';
/** Of the ad with a Facebook post and an Instagram media. */
const AD_OF_BOTH = '23850000001';
/** As the ledger would give them, so that our comment is known without its author. */
export const SIGNS: OurSigns = {
  knownCommentIds: [],
  attemptTexts: ['A comment that the platform hides.'],
  surfaceKey: 'abc',
  keyParameter: 'fcid',
  appIds: ['900100'],
};
const TEXT = 'Woven in Portugal – read on: https://www.brightloom.example/en-gb/waffle?fcid=abc';

/** One verb of the port on one ad or surface. */
export interface Verb {
  readonly name: string;
  /** What distinguishes it from the same verb on another ad: nothing that a schema sees. */
  readonly kind: string;
  readonly call: (adapter: MetaAdapter) => Promise<unknown>;
}

/** A sandbox with the example's world, a server that spoils its answers, and the adapter that speaks to it. */
export interface FuzzScene {
  readonly graph: TamperingGraph;
  readonly adapter: MetaAdapter;
  readonly verbs: readonly Verb[];
  /** An adapter that has asked for no token and no account yet. */
  freshAdapter(): MetaAdapter;
  close(): Promise<void>;
}

export const WORLD = readWorld(join(import.meta.dirname, '../../examples/brightloom/sandbox-world.yaml'));

export async function openFuzzScene(world: WorldSeed = WORLD): Promise<FuzzScene> {
  const sandbox = await startSandbox({ port: 0, world, secrets: SECRETS });
  const graph = await openTamperingGraph(sandbox.url, { replays: true });
  const freshAdapter = () =>
    createMetaAdapter({
      baseUrl: graph.url,
      graphVersion: 'v26.0',
      appId: '900100',
      secrets: () => SECRETS,
      sendAdIdOnInstagram: true,
    });
  const adapter = freshAdapter();
  await fillThreads(sandbox.url);
  const verbs = [...resolving(world), ...listing(), ...(await onSurfaces(adapter, sandbox.url)), ...refused(), ...metrics(world)];
  return {
    graph,
    adapter,
    verbs,
    freshAdapter,
    async close() {
      await adapter.close();
      await graph.close();
      await sandbox.close();
    },
  };
}

/** Threads with all that a thread can hold: strangers, replies, and what the brand wrote by hand. */
async function fillThreads(sandboxUrl: string): Promise<void> {
  const { comment } = sandboxControl(sandboxUrl);
  for (const object_id of [POST, MEDIA]) {
    await comment({ object_id, message: 'How wide is it?', from: { id: '555001', name: 'Joan Doe' }, created_time: '5h ago' });
    await comment({ object_id, message: 'We answer by mail.', created_time: '4h ago' });
    await comment({ object_id, message: 'Lovely!', from: { id: '555002', name: 'Jim Poe' }, created_time: '3h ago' });
  }
}

function resolving(world: WorldSeed): readonly Verb[] {
  return (world.ads ?? []).map(({ id }) => ({
    name: `resolveAd ${id}`,
    kind: 'resolveAd',
    call: (adapter) => adapter.resolveAd(adOf(world, id), contextOf(world, id)),
  }));
}

function metrics(world: WorldSeed): readonly Verb[] {
  const [until, since] = [1, 3].map((days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10));
  if (since === undefined || until === undefined) return [];
  return [
    {
      name: 'dailyMetrics',
      kind: 'dailyMetrics',
      call: (adapter) => adapter.dailyMetrics({ ad: adOf(world, AD_OF_BOTH), since, until }, contextOf(world, AD_OF_BOTH)),
    },
  ];
}

function listing(): readonly Verb[] {
  const request = { changedSince: null, after: null, limit: 3 };
  return [{ name: 'listAds', kind: 'listAds', call: (adapter) => adapter.listAds(request, { accountId: 'act_100200' }) }];
}

/** A definite no to a publish request: comments are off there. */
function refused(): readonly Verb[] {
  const surface = { platform: 'meta', kind: 'facebook-post', surfaceId: '4000004_5500008' } as const;
  const who = { surface, identityId: '4000004', pageId: '4000004', adId: '23850000008', text: TEXT };
  const request = () => ({ ...who, sendBy: performance.now() + 20_000, deadlineMs: 15_000 });
  const kind = 'publish where comments are off';
  return [{ name: kind, kind, call: (adapter) => adapter.publish(request(), { accountId: 'act_100200' }) }];
}

/** The verbs on one surface of each kind. */
async function onSurfaces(adapter: MetaAdapter, sandboxUrl: string): Promise<readonly Verb[]> {
  const context = { accountId: 'act_100200' };
  const resolution = await adapter.resolveAd({ platform: 'meta', adId: AD_OF_BOTH, ...context }, context);
  if (resolution.kind !== 'resolved') throw new Error(`ad ${AD_OF_BOTH} does not resolve`);
  const verbs: Verb[] = [];
  for (const surface of resolution.surfaces) {
    const { kind } = surface;
    const identityId = kind === 'facebook-post' ? PAGE : INSTAGRAM;
    const who = { surface, identityId, pageId: PAGE };
    const thread = { ...who, signs: SIGNS };
    const request = (text = TEXT): PublishRequest => ({
      ...who,
      adId: AD_OF_BOTH,
      text,
      sendBy: performance.now() + 20_000,
      deadlineMs: 15_000,
    });
    const publish = async (text?: string) => {
      const published = await adapter.publish(request(text), context);
      if (published.kind !== 'accepted') throw new Error(`the sandbox did not take our comment: ${published.says}`);
      return published.commentId;
    };
    const hiddenId = await publish('A comment that the platform hides.');
    await sandboxControl(sandboxUrl).patch(hiddenId, kind === 'facebook-post' ? { is_private: true } : { is_hidden: true });
    const ours = { ...who, adId: AD_OF_BOTH, commentId: await publish() };
    const add = (verb: string, call: Verb['call']) =>
      verbs.push({ name: `${verb} on ${kind}`, kind: `${verb} on ${kind}`, call });
    add('readSurface', (with_) => with_.readSurface(surface, PAGE, context));
    add('readThread (first page)', (with_) => with_.readThread({ ...thread, depth: { kind: 'first-page' } }, context));
    add('readThread (bounded)', (with_) =>
      with_.readThread({ ...thread, depth: { kind: 'bounded', newest: 2, oldest: 2 } }, context),
    );
    add('readThread (until)', (with_) =>
      with_.readThread({ ...thread, depth: { kind: 'until', olderThan: '2020-01-01T00:00:00Z' } }, context),
    );
    add('readComment', (with_) => with_.readComment(ours, context));
    add('readComment (hidden)', (with_) => with_.readComment({ ...ours, commentId: hiddenId }, context));
    add('publish', (with_) => with_.publish(request(), context));
    add('setHidden', (with_) => with_.setHidden({ ...ours, hidden: true }, context));
    add('editComment', (with_) => with_.editComment({ ...request('Woven.'), commentId: ours.commentId }, context));
    add('deleteComment', (with_) => with_.deleteComment(ours, context));
  }
  return verbs;
}

export function adOf(world: WorldSeed, adId: string) {
  return { platform: 'meta', adId, ...contextOf(world, adId) } as const;
}

function contextOf(world: WorldSeed, adId: string): { readonly accountId: string } {
  const ad = world.ads?.find(({ id }) => id === adId);
  const adSet = world.ad_sets?.find(({ id }) => id === ad?.adset_id);
  const campaign = world.campaigns?.find(({ id }) => id === adSet?.campaign_id);
  return { accountId: campaign?.account_id ?? 'act_100200' };
}
