import type { NodeOf, ThreadNode } from '../../world/nodes.ts';
import type { WorldState } from '../../world/state.ts';
import { brandPageOf } from './people.ts';
import { type Delivery, deliveryOf, type Network, type Placement } from './placements.ts';
import { type OurState, ourStateIn } from './thread.ts';

const NO_TARGETING = {};

/** An ad as the lists need it. Cheap to make: there are worlds with ten thousand. */
export interface FeedAd {
  readonly ad: NodeOf<'ad'>;
  readonly creative: NodeOf<'creative'>;
  readonly adSet: NodeOf<'ad-set'> | undefined;
  readonly market: string;
  readonly delivery: Delivery;
  /** The post and the media are not there yet: the platform is still making them. */
  readonly inProcess: boolean;
}

/** One ad on one network: what a card shows. */
export interface FeedUnit extends FeedAd {
  readonly key: string;
  /** `undefined`: it delivers only where there is no thread. */
  readonly network: Network | undefined;
  readonly placements: readonly Placement[];
  /** The post or media; `undefined` when no single one stands behind the ad. */
  readonly thread: ThreadNode | undefined;
  readonly state: OurState;
}

export function adOf(state: WorldState, ad: NodeOf<'ad'>, now: number): FeedAd | undefined {
  const creative = state.get('creative', ad.record.creative_id);
  if (!creative) return undefined;
  const adSet = state.get('ad-set', ad.record.adset_id);
  const page = brandPageOf(state, creative)?.record;
  return {
    ad,
    creative,
    adSet,
    market: page?.market ?? page?.name ?? 'other',
    delivery: deliveryOf(adSet?.record.targeting ?? NO_TARGETING),
    inProcess: !hasAppeared(state, creative, now),
  };
}

/** One unit for each network with a thread; a single one without network where there is none. */
export function unitsOf(state: WorldState, feedAd: FeedAd, now: number): readonly FeedUnit[] {
  const { creative, delivery } = feedAd;
  const threads = feedAd.inProcess ? {} : threadsOf(state, creative);
  const has = { facebook: creative.record.effective_object_story_id, instagram: creative.record.effective_instagram_media_id };
  const units = (['facebook', 'instagram'] as const).flatMap((network): FeedUnit[] => {
    const placements = delivery.withThread.filter((each) => each.network === network);
    // Automatic placements go only where the ad has something to show; an ad that has neither is shown on both.
    const elsewhere = delivery.automatic && !has[network] && (has.facebook || has.instagram);
    if (placements.length === 0 || elsewhere) return [];
    const thread = threads[network];
    const key = `${feedAd.ad.record.id}-${network}`;
    return [{ ...feedAd, key, network, placements, thread, state: ourStateIn(state, thread, now) }];
  });
  if (units.length > 0) return units;
  return [
    { ...feedAd, key: `${feedAd.ad.record.id}-words`, network: undefined, placements: [], thread: undefined, state: 'none' },
  ];
}

function threadsOf(state: WorldState, { record }: NodeOf<'creative'>): { [network in Network]?: ThreadNode | undefined } {
  return {
    facebook: state.get('post', record.effective_object_story_id),
    instagram: state.get('media', record.effective_instagram_media_id),
  };
}

/** Looking at the feed is no reading through the API: it does not start the creative's clock. */
function hasAppeared(state: WorldState, { record }: NodeOf<'creative'>, now: number): boolean {
  if (record.appears_after_seconds === 0) return true;
  const firstRead = state.firstReadOf(record.id);
  return firstRead !== undefined && now >= firstRead + record.appears_after_seconds * 1_000;
}
