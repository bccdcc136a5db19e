import type { AdRef } from '../../domain/ad.ts';
import type { SurfaceKind } from '../../domain/surface.ts';
import type { SectionsSeed, WorldSeed } from '../../sandbox/server.ts';
import { emptyWorld, MARKETS, newAds } from '../world.ts';
import { type Random, randomOf } from './random.ts';
import { CHAOS_TIMING } from './windows.ts';

/** What stands on a surface before any run: nothing of the brand, what a person of the brand wrote, or ours of an earlier life. */
export type StandsBefore = 'nothing' | 'by-brand' | 'ours';

/** A surface of the world and what should become of it. */
export interface PlannedSurface {
  readonly surfaceId: string;
  readonly kind: SurfaceKind;
  readonly marketId: string;
  readonly pageId: string;
  /** Who speaks there: the Page or the Instagram account. */
  readonly identityId: string;
  readonly before: StandsBefore;
  /** New texts are kept with other white space and letters. */
  readonly respells: boolean;
  /** The ads that show it; more than one share it. */
  readonly adIds: readonly string[];
}

export interface PlannedAd {
  readonly ad: AdRef;
  readonly surfaceIds: readonly string[];
}

export interface ChaosWorld {
  readonly seed: WorldSeed;
  /** In the order in which they are started. */
  readonly ads: readonly PlannedAd[];
  readonly surfaces: readonly PlannedSurface[];
}

export interface WorldWish {
  readonly seed: number;
  readonly ads: number;
  /** Writes the key of a surface as our link carries it. */
  readonly linkKey: (surfaceId: string) => string;
}

type Sections = { [Name in keyof SectionsSeed]-?: NonNullable<SectionsSeed[Name]> };

const APP_ID = '900100';
const SHARES_POST = 0.1;
const TWO_SURFACES = 0.35;
/** Ads of one market come this far apart. A sharer comes as far behind its host, or at its heels. */
const TURN = MARKETS.length;

/** Lists lag up to nearly the allowance for it, never longer. */
const LONGEST_LAG_S = (0.9 * CHAOS_TIMING.listLagMs) / 1_000;

/** Ads over several markets with threads of every temper; the same for the same seed. */
export function chaosWorld(wish: WorldWish): ChaosWorld {
  const random = randomOf(wish.seed, 'world');
  const ads: PlannedAd[] = [];
  const places: number[] = [];
  const surfaces = new Map<string, PlannedSurface & { adIds: string[] }>();
  const sections: Pick<Sections, 'ads' | 'creatives' | 'posts' | 'media' | 'comments'> = {
    ads: [],
    creatives: [],
    posts: [],
    media: [],
    comments: [],
  };
  for (let number = 1; number <= wish.ads; number += 1) {
    const host = ads[number - 1 - TURN];
    const shares = random.chance(SHARES_POST) && host !== undefined && soleOwner(host, surfaces);
    const made = newAds(number, 1, !shares && random.chance(TWO_SURFACES) ? 2 : 1);
    const [ad] = made.ads;
    if (!ad) throw new Error(`ad ${number} was not made`);
    const { creatives = [], posts = [], media = [] } = made.sections;
    sections.ads.push(...(made.sections.ads ?? []));
    if (shares) {
      const [postId = ''] = host.surfaceIds;
      sections.creatives.push(...creatives.map((creative) => ({ ...creative, effective_object_story_id: postId })));
      surfaces.get(postId)?.adIds.push(ad.adId);
      // Whoever comes second must not rely on seeing what the first has just written.
      sections.posts = sections.posts.map((post) => (post.id === postId ? { ...post, list_lag_seconds: LONGEST_LAG_S } : post));
      ads.push({ ad, surfaceIds: [postId] });
      places.push(random.chance(0.5) ? number : number - TURN + 0.5);
      continue;
    }
    sections.creatives.push(...creatives);
    const own = [...posts, ...media].map(({ id }) => id);
    for (const id of own) {
      const surface = plannedSurface(id, number, ad, random);
      surfaces.set(id, surface);
      sections.comments.push(...threadOf(surface, wish, random));
    }
    const respells = (id: string) => surfaces.get(id)?.respells === true;
    sections.posts.push(...posts.map((post) => ({ ...post, ...temper(random), respells_text: respells(post.id) })));
    sections.media.push(...media.map((each) => ({ ...each, ...temper(random), respells_text: respells(each.id) })));
    ads.push({ ad, surfaceIds: own });
    places.push(number);
  }
  const inOrder = ads.map((ad, index) => ({ ad, place: places[index] ?? 0 })).sort((a, b) => a.place - b.place);
  return { seed: { ...emptyWorld(), ...sections }, ads: inOrder.map(({ ad }) => ad), surfaces: [...surfaces.values()] };
}

function soleOwner({ surfaceIds }: PlannedAd, surfaces: ReadonlyMap<string, PlannedSurface>): boolean {
  const [postId = ''] = surfaceIds;
  const surface = surfaces.get(postId);
  return surface?.adIds.length === 1 && surface.before === 'nothing';
}

function plannedSurface(surfaceId: string, number: number, { adId }: AdRef, random: Random) {
  const market = MARKETS[number % MARKETS.length] ?? MARKETS[0];
  const onFacebook = surfaceId.includes('_');
  const luck = random.fraction();
  // Instagram's text carries no key, so only a post shows whose an earlier comment is.
  const before: StandsBefore = luck < 0.02 ? 'by-brand' : luck < 0.06 && onFacebook ? 'ours' : 'nothing';
  return {
    surfaceId,
    kind: onFacebook ? ('facebook-post' as const) : ('instagram-media' as const),
    marketId: market.id,
    pageId: market.page,
    identityId: onFacebook ? market.page : market.instagram,
    before,
    respells: random.chance(0.2),
    adIds: [adId],
  };
}

/** How a thread treats comments. */
function temper(random: Random) {
  return {
    ...(random.chance(0.5) ? { list_lag_seconds: Number((LONGEST_LAG_S * (0.6 + 0.4 * random.fraction())).toFixed(1)) } : {}),
    ...(random.chance(0.06) ? { hide_new_comments: true } : {}),
    ...(random.chance(0.1) ? { duplicate_policy: '506' as const } : {}),
    ...(random.chance(0.08) ? { empty_pages: 1, empty_pages_at: 'start' as const } : {}),
  };
}

function threadOf({ surfaceId, before }: PlannedSurface, { linkKey }: WorldWish, random: Random): Sections['comments'] {
  const strangers = Array.from({ length: random.chance(0.3) ? random.whole(1, 4) : 0 }, (_, index) => ({
    object_id: surfaceId,
    from: { id: `55500${index}`, name: 'Jane Roe' },
    message: `how much is it? ${index}`,
    created_time: `${index + 1}h ago`,
  }));
  if (before === 'nothing') return strangers;
  const own = { object_id: surfaceId, created_time: '2d ago' };
  const mine = {
    ...own,
    application_id: APP_ID,
    message: `Brightloom here. https://www.brightloom.example/?${linkKey(surfaceId)}`,
  };
  return [...strangers, before === 'ours' ? mine : { ...own, message: 'Any questions? We are here.' }];
}
