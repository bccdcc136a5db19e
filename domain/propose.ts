import type { Brand, Copy, Market } from './brand.ts';
import { CAPABILITY_OF } from './capability.ts';
import { renderCopy } from './copy/render.ts';
import type { AdSnapshot, NoProposal, Proposal } from './facts.ts';
import { sha256Hex } from './hash.ts';
import { buildLink } from './link.ts';
import { decideMarket } from './market.ts';
import { choosePattern } from './pattern-choice.ts';
import type { Surface } from './surface.ts';
import { surfaceKey } from './surface-key.ts';

/** The comment that the brand folder gives for a surface, with its exact text; or why there is none. */
export function propose(snapshot: AdSnapshot, surface: Surface, brand: Brand): Proposal | NoProposal {
  const { marketId, says } = decideMarket(snapshot, surface, brand);
  const market = brand.markets.find(({ id }) => id === marketId);
  if (!market) return { problem: says };
  const { patternId } = choosePattern(snapshot.campaign.name, brand.patternChoice);
  const capability = CAPABILITY_OF[surface.kind];
  const copy = brand.copy.find(
    (each) => each.patternId === patternId && each.locale === market.id && each.capability === capability,
  );
  if (!copy) return { problem: `The brand folder has no ${capability} text of pattern ${patternId} in ${market.id}.` };
  return write({ snapshot, surface, brand, market, copy });
}

interface Draft {
  readonly snapshot: AdSnapshot;
  readonly surface: Surface;
  readonly brand: Brand;
  readonly market: Market;
  readonly copy: Copy;
}

function write({ snapshot, surface, brand, market, copy }: Draft): Proposal | NoProposal {
  const key = surfaceKey(brand.id, surface);
  const link = copy.capability === 'link' ? linkOf({ snapshot, surface, brand, market, copy }, key) : null;
  if (link && !link.ok) return { problem: `The link cannot be built: ${link.problem}.` };
  const slots = brand.patterns.find(({ id }) => id === copy.patternId)?.slots ?? {};
  const rendering = renderCopy({ source: copy.source, slots, market, link: link?.link ?? null });
  if (!rendering.ok) return { problem: `The text of ${copy.place} cannot be rendered: ${rendering.problem}.` };
  return {
    marketId: market.id,
    patternId: copy.patternId,
    copyVersion: copy.version,
    capability: copy.capability,
    locale: copy.locale,
    copyHash: copy.hash,
    text: rendering.text,
    bytesHash: sha256Hex(rendering.text),
    link: link?.link ?? null,
    surfaceKey: key,
  };
}

/** The first landing URL counts: the platform's adapter lists them in the order in which people meet them. */
function linkOf({ snapshot, surface, brand, market, copy }: Draft, key: string) {
  const values = { source: brand.link.sources[surface.kind], market: market.id, pattern: copy.patternId, version: copy.version };
  return buildLink({ landingUrl: snapshot.landingUrls[0]?.url ?? '', template: brand.link, values, key });
}
