import type { Identity } from '../../domain/brand.ts';
import type { PlatformExaminer } from '../../platforms/examiner.ts';
import { createMetaExaminer } from '../../platforms/meta/examine/index.ts';
import { createMetaAdapter, type MetaSettings } from '../../platforms/meta/index.ts';
import type { PlatformAdapter, PublishRequest } from '../../platforms/platform.ts';
import { MEDIA, POST, SECRETS, WORLD } from './world.ts';

type Verbs = Exclude<keyof PlatformAdapter, 'platform' | 'absenceProvable'>;
type Place = typeof POST & { readonly kind: 'facebook-post' | 'instagram-media' };

const ACCOUNT = { accountId: 'act_100200' };
const PLACES: readonly Place[] = [
  { ...POST, kind: 'facebook-post' },
  { ...MEDIA, kind: 'instagram-media' },
];

const threadOf = ({ kind, surfaceId, identityId, pageId }: Place) => ({
  surface: { platform: 'meta', kind, surfaceId } as const,
  identityId,
  pageId,
});

/** Every verb that there is, in every way that makes other calls of the API. A new verb does not compile until it is here. */
const VERBS: Readonly<Record<Verbs, (adapter: PlatformAdapter) => Promise<void>>> = {
  async probe(adapter) {
    await adapter.probe(ACCOUNT);
  },
  async resolveAd(adapter) {
    for (const ad of WORLD.ads) {
      const campaign = WORLD.ad_sets.find(({ id }) => id === ad.adset_id)?.campaign_id;
      const accountId = WORLD.campaigns.find(({ id }) => id === campaign)?.account_id ?? '';
      await adapter.resolveAd({ platform: 'meta', accountId, adId: ad.id }, { accountId });
    }
  },
  async listAds(adapter) {
    const first = await adapter.listAds({ changedSince: null, after: null, limit: 3 }, ACCOUNT);
    await adapter.listAds({ changedSince: null, after: first.next, limit: 3 }, ACCOUNT);
    await adapter.listAds({ changedSince: '2026-01-01T00:00:00Z', after: null, limit: 100 }, ACCOUNT);
  },
  async readSurface(adapter) {
    for (const place of PLACES) {
      const surface = { ...threadOf(place).surface, identityId: null, permalink: null, dark: null };
      await adapter.readSurface(surface, place.pageId, ACCOUNT);
    }
  },
  async readThread(adapter) {
    const depths = [
      { kind: 'first-page' },
      { kind: 'bounded', newest: 1, oldest: 1 },
      { kind: 'until', olderThan: '2020-01-01T00:00:00Z' },
    ] as const;
    const signs = { knownCommentIds: [], attemptTexts: [], surfaceKey: 'k1', keyParameter: 'fcid', appIds: [] };
    for (const place of PLACES)
      for (const depth of depths) await adapter.readThread({ ...threadOf(place), depth, signs }, ACCOUNT);
  },
  async publish(adapter) {
    for (const place of PLACES) await published(adapter, place);
  },
  async readComment(adapter) {
    for (const place of PLACES) {
      await adapter.readComment({ ...threadOf(place), commentId: await published(adapter, place) }, ACCOUNT);
    }
  },
  async setHidden(adapter) {
    for (const place of PLACES) {
      const comment = { ...threadOf(place), adId: place.adId, commentId: await published(adapter, place) };
      await adapter.setHidden({ ...comment, hidden: true }, ACCOUNT);
      await adapter.setHidden({ ...comment, hidden: false }, ACCOUNT);
    }
  },
  async editComment(adapter) {
    for (const place of PLACES) {
      await adapter.editComment({ ...threadOf(place), commentId: await published(adapter, place), text: 'anders' }, ACCOUNT);
    }
  },
  async deleteComment(adapter) {
    for (const place of PLACES) {
      const comment = { ...threadOf(place), adId: place.adId, commentId: await published(adapter, place) };
      await adapter.deleteComment(comment, ACCOUNT);
    }
  },
  async dailyMetrics(adapter) {
    const ad = { platform: 'meta', accountId: ACCOUNT.accountId, adId: POST.adId } as const;
    const until = new Date().toISOString().slice(0, 10);
    const since = new Date(Date.now() - 27 * 86_400_000).toISOString().slice(0, 10);
    await adapter.dailyMetrics({ ad, since, until }, ACCOUNT);
  },
};

export const VERB_NAMES = Object.keys(VERBS) as readonly Verbs[];

type Looks = Exclude<keyof PlatformExaminer, 'platform' | 'manualRecipes' | 'close'>;

const IDENTITIES: readonly Identity[] = PLACES.map(({ kind, identityId, pageId }) => ({
  platform: 'meta',
  kind: kind === 'facebook-post' ? 'facebook-page' : 'instagram-account',
  identityId,
  name: identityId,
  marketId: 'de-DE',
  linkedPageId: kind === 'facebook-post' ? null : pageId,
}));
const ACCOUNTS = (WORLD.ad_accounts ?? []).map(({ id }) => id);

/** Everything that `doctor` looks at, with `--live`. */
const LOOKS: Readonly<Record<Looks, (examiner: PlatformExaminer, signal: AbortSignal) => Promise<unknown>>> = {
  examineCredentials: (examiner, signal) => examiner.examineCredentials(signal),
  examineIdentities: (examiner, signal) => examiner.examineIdentities(IDENTITIES, signal),
  examineAccounts: (examiner, signal) => examiner.examineAccounts(ACCOUNTS, signal),
  readClock: (examiner, signal) => examiner.readClock(signal),
  answerLiveQuestions: (examiner, signal) =>
    examiner.answerLiveQuestions({ identities: IDENTITIES, accountIds: ACCOUNTS }, signal),
};

export const LOOK_NAMES = Object.keys(LOOKS) as readonly Looks[];

/** Lets `doctor` look at the API at `baseUrl`. */
export async function examine(look: Looks, baseUrl: string): Promise<void> {
  const examiner = createMetaExaminer(settingsFor(baseUrl));
  try {
    await LOOKS[look](examiner, AbortSignal.timeout(50_000));
  } finally {
    await examiner.close();
  }
}

/** Carries out one verb against the API at `baseUrl`, naming the ad on Instagram, and closes the adapter. */
export async function carryOut(verb: Verbs, baseUrl: string): Promise<void> {
  const adapter = createMetaAdapter(settingsFor(baseUrl));
  try {
    await VERBS[verb](adapter);
  } finally {
    await adapter.close();
  }
}

function settingsFor(baseUrl: string): MetaSettings {
  const appId = WORLD.app.id;
  return { baseUrl, graphVersion: 'v26.0', appId, secrets: () => SECRETS, sendAdIdOnInstagram: true };
}

let count = 0;

async function published(adapter: PlatformAdapter, place: Place): Promise<string> {
  count += 1;
  const request: PublishRequest = {
    ...threadOf(place),
    adId: place.adId,
    text: `Gewebt, nicht gedruckt (${count}).`,
    sendBy: performance.now() + 20_000,
    deadlineMs: 15_000,
  };
  const result = await adapter.publish(request, ACCOUNT);
  if (result.kind !== 'accepted') throw new Error(`publish ended as ${JSON.stringify(result)}`);
  return result.commentId;
}
