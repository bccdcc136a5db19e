import { dig } from '../../world/json.ts';
import type { NodeOf, ThreadNode } from '../../world/nodes.ts';
import type { WorldState } from '../../world/state.ts';
import type { Network } from './placements.ts';

/** The Page of the brand that an ad is for: the sponsor of a partnership, else the Page that speaks. */
export function brandPageOf(state: WorldState, creative: NodeOf<'creative'>): NodeOf<'page'> | undefined {
  return sponsorOf(state, creative) ?? speakingPageOf(state, creative);
}

/** The name above an ad, and the brand's where it differs because somebody else speaks for it. */
export function speakerOf(
  state: WorldState,
  creative: NodeOf<'creative'>,
  thread: ThreadNode | undefined,
  network: Network | undefined,
): { readonly speaker: string; readonly partner: string | undefined } {
  const page = speakingPageOf(state, creative);
  const accountId = creative.record.instagram_user_id ?? page?.record.instagram_business_account;
  const named = network === 'instagram' ? state.get('instagram', accountId)?.record.username : page?.record.name;
  const standIn = thread?.kind === 'media' && pageBehind(state, thread.record.instagram_account_id)?.record.name;
  const speaker = standIn || (thread && state.ownerOfThread(thread).name) || named || 'unknown';
  return { speaker, partner: sponsorOf(state, creative)?.record.name };
}

function sponsorOf(state: WorldState, { record }: NodeOf<'creative'>): NodeOf<'page'> | undefined {
  const pageId = record.facebook_branded_content?.sponsor_page_id ?? record.branded_content_sponsor_page_id;
  const accountId = record.instagram_branded_content?.sponsor_id;
  if (pageId !== undefined || accountId === undefined) return state.get('page', pageId);
  return pageWhere(state, (page) => page.instagram_business_account === accountId);
}

function speakingPageOf(state: WorldState, creative: NodeOf<'creative'>): NodeOf<'page'> | undefined {
  const { record } = creative;
  const id = dig(record.object_story_spec, 'page_id') ?? record.actor_id;
  const named = state.get('page', typeof id === 'string' ? id : undefined);
  if (named) return named;
  const thread = state.get('post', record.effective_object_story_id) ?? state.get('media', record.effective_instagram_media_id);
  return thread && state.pageOfThread(thread);
}

/** People see the Page's name on an Instagram account that only stands in for it. */
function pageBehind(state: WorldState, accountId: string): NodeOf<'page'> | undefined {
  return pageWhere(state, (page) => page.connected_page_backed_instagram_account === accountId);
}

function pageWhere(state: WorldState, fits: (page: NodeOf<'page'>['record']) => boolean): NodeOf<'page'> | undefined {
  for (const page of state.all('page')) if (fits(page.record)) return page;
  return undefined;
}
