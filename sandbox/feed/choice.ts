import { isObject } from '../world/json.ts';
import { PLACEMENTS } from './data/placements.ts';
import { OUR_STATES, type OurState } from './data/thread.ts';

/** What the visitor chose; it stands in the query string, so that every view has an address. */
export interface Choice {
  readonly market: string | undefined;
  /** A network (`instagram`) or one of its placements (`instagram/reels`). */
  readonly placement: string | undefined;
  readonly state: OurState | undefined;
  /** From 1. */
  readonly page: number;
}

/** Reads the query. What no view knows counts as not chosen; a value given twice counts as its first. */
export function readChoice(query: unknown): Choice {
  const placement = textOf(query, 'placement');
  const state = textOf(query, 'state');
  const page = Number(textOf(query, 'page') ?? '1');
  return {
    market: textOf(query, 'market'),
    placement: PLACEMENTS.some(({ id, network }) => id === placement || network === placement) ? placement : undefined,
    state: OUR_STATES.find((each) => each === state),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** The ad that the query asks for. */
export function chosenAd(query: unknown): string | undefined {
  return textOf(query, 'ad');
}

/** The address of a view. */
export function addressOf({ market, placement, state, page }: Choice): string {
  const query = new URLSearchParams();
  if (market !== undefined) query.set('market', market);
  if (placement !== undefined) query.set('placement', placement);
  if (state !== undefined) query.set('state', state);
  if (page > 1) query.set('page', String(page));
  return query.size === 0 ? '/feed' : `/feed?${query.toString()}`;
}

export function addressOfAd(adId: string): string {
  return `/feed?${new URLSearchParams({ ad: adId }).toString()}`;
}

function textOf(query: unknown, name: string): string | undefined {
  const value = isObject(query) ? query[name] : undefined;
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}
