import type { WorldState } from '../../world/state.ts';
import type { Choice } from '../choice.ts';
import type { OurState } from './thread.ts';
import { adOf, type FeedUnit, unitsOf } from './units.ts';

/** One market beside the others. */
export interface Column {
  readonly market: string;
  /** All that the choice lets through, of which `units` is one page. */
  readonly total: number;
  readonly units: readonly FeedUnit[];
}

export interface Board {
  readonly markets: readonly string[];
  readonly columns: readonly Column[];
  /** Columns that found no room; they are there when their market is chosen. */
  readonly columnsLeftOut: number;
  readonly page: number;
  readonly pages: number;
  /** Units by state, before the choice of a state. */
  readonly counts: Readonly<Record<OurState, number>>;
}

const MOST_COLUMNS = 12;
/** Cards on one page, over all columns; more would only make a browser slow. */
const MOST_CARDS = 72;

/** The whole world as one page of columns. Only the cards of the page are worked out further. */
export function boardOf(state: WorldState, choice: Choice, now: number): Board {
  const counts = { visible: 0, hidden: 0, pending: 0, none: 0 };
  const byMarket = new Map<string, FeedUnit[]>();
  for (const ad of state.all('ad')) {
    const feedAd = adOf(state, ad, now);
    if (!feedAd) continue;
    const column = byMarket.get(feedAd.market) ?? [];
    byMarket.set(feedAd.market, column);
    if (choice.market !== undefined && choice.market !== feedAd.market) continue;
    for (const unit of unitsOf(state, feedAd, now)) {
      if (!isOn(unit, choice.placement)) continue;
      counts[unit.state] += 1;
      if (choice.state === undefined || choice.state === unit.state) column.push(unit);
    }
  }
  const markets = [...byMarket.keys()].sort(byName);
  const filled = markets.map((market) => ({ market, units: byMarket.get(market) ?? [] })).filter(({ units }) => units.length > 0);
  const shown = filled.slice(0, MOST_COLUMNS);
  const each = Math.max(1, Math.floor(MOST_CARDS / Math.max(1, shown.length)));
  const pages = Math.max(1, ...shown.map(({ units }) => Math.ceil(units.length / each)));
  const page = Math.min(choice.page, pages);
  const columns = shown.map(({ market, units }) => ({
    market,
    total: units.length,
    units: units.slice((page - 1) * each, page * each),
  }));
  return { markets, columns, columnsLeftOut: filled.length - shown.length, page, pages, counts };
}

/** Markets by their tags, then whatever else ads are grouped by. */
function byName(a: string, b: string): number {
  const isTag = (market: string) => /^[a-z]{2}-[A-Z]{2}$/.test(market);
  return Number(isTag(b)) - Number(isTag(a)) || (a < b ? -1 : 1);
}

function isOn({ network, placements }: FeedUnit, chosen: string | undefined): boolean {
  return chosen === undefined || network === chosen || placements.some(({ id }) => id === chosen);
}
