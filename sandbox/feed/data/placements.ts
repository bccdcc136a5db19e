import { dig, type Json, type JsonObject } from '../../world/json.ts';

export type Network = 'facebook' | 'instagram';

/** A place where people meet an ad together with its thread. */
export interface Placement {
  /** As the query string writes it: `instagram/reels`. */
  readonly id: string;
  readonly network: Network;
  /** The network's own word for the position. */
  readonly position: string;
  readonly name: string;
  /** `post`: a card in a list, the thread below it. `reel`: fills the screen, the thread behind a button. */
  readonly look: 'post' | 'reel';
  /** Part of what automatic placements use. */
  readonly usual: boolean;
}

/** Every placement that has a thread, the most common of its network first. */
export const PLACEMENTS: readonly Placement[] = [
  placement('facebook', 'feed', 'Facebook feed', 'post', true),
  placement('facebook', 'video_feeds', 'Facebook video feed', 'post', true),
  placement('facebook', 'facebook_reels', 'Facebook reels', 'reel', true),
  placement('facebook', 'profile_feed', 'Facebook profile feed', 'post', false),
  placement('instagram', 'stream', 'Instagram feed', 'post', true),
  placement('instagram', 'explore', 'Instagram explore', 'post', true),
  placement('instagram', 'reels', 'Instagram reels', 'reel', true),
  placement('instagram', 'explore_home', 'Instagram explore home', 'post', false),
  placement('instagram', 'profile_feed', 'Instagram profile feed', 'post', false),
  placement('instagram', 'profile_reels', 'Instagram profile reels', 'reel', false),
];

/** Where an ad set delivers: placements with a thread, and the names of those without one. */
export interface Delivery {
  readonly withThread: readonly Placement[];
  readonly withoutThread: readonly string[];
  /** Nobody chose: the platform does. */
  readonly automatic: boolean;
}

const USUAL_WITHOUT_THREAD = ['Facebook stories', 'Facebook right column', 'Instagram stories', 'Audience Network'];
const PUBLISHERS: Readonly<Record<string, string>> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  messenger: 'Messenger',
  audience_network: 'Audience Network',
  threads: 'Threads',
};
const POSITIONS: Readonly<Record<string, string>> = { story: 'stories', right_hand_column: 'right column' };

/** Read once for each targeting: thousands of ads share one, and a changed one is another object. */
const read = new WeakMap<JsonObject, Delivery>();

/** Where a targeting delivers. A publisher without positions stands for its usual ones, no publisher for all usual ones. */
export function deliveryOf(targeting: JsonObject): Delivery {
  const delivery = read.get(targeting) ?? readDelivery(targeting);
  read.set(targeting, delivery);
  return delivery;
}

function readDelivery(targeting: JsonObject): Delivery {
  const publishers = textsIn(targeting.publisher_platforms);
  if (publishers.length === 0) {
    return { withThread: PLACEMENTS.filter(({ usual }) => usual), withoutThread: USUAL_WITHOUT_THREAD, automatic: true };
  }
  const [withThread, withoutThread]: [Placement[], string[]] = [[], []];
  for (const publisher of new Set(publishers)) {
    const positions = new Set(textsIn(dig(targeting, `${publisher}_positions`)));
    const usual = PLACEMENTS.filter((each) => each.network === publisher && each.usual);
    if (positions.size === 0) withThread.push(...usual);
    if (positions.size === 0 && usual.length === 0) withoutThread.push(publisherName(publisher));
    for (const position of positions) {
      const found = PLACEMENTS.find((each) => each.network === publisher && each.position === position);
      if (found) withThread.push(found);
      else withoutThread.push(`${publisherName(publisher)} ${POSITIONS[position] ?? words(position)}`);
    }
  }
  return { withThread: PLACEMENTS.filter((each) => withThread.includes(each)), withoutThread, automatic: false };
}

function placement(network: Network, position: string, name: string, look: Placement['look'], usual: boolean): Placement {
  return { id: `${network}/${position}`, network, position, name, look, usual };
}

function publisherName(publisher: string): string {
  return PUBLISHERS[publisher] ?? words(publisher);
}

function words(text: string): string {
  return text.replaceAll('_', ' ');
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
