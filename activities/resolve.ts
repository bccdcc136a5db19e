import { activityInfo } from '@temporalio/activity';
import { decideMarket } from '../domain/market.ts';
import { marketDigest } from '../domain/market-digest.ts';
import { pollDelay } from '../domain/timing.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { notYet, translated } from './failures.ts';
import { tellMismatches } from './mismatches.ts';
import type { Resolved, RunInput } from './run-contract.ts';
import { sightingOf } from './sighting.ts';

/** Asks the platform for the ad, keeps what it said with its edges, and decides the market from the evidence. */
export async function resolve(dependencies: Dependencies, { run, ad }: RunInput): Promise<Resolved> {
  const { ledger, brand } = dependencies;
  const resolution = await translated(() => platformOf(dependencies, ad).resolveAd(ad, callContext(ad)));
  if (resolution.kind === 'not-found') return resolution;
  if (resolution.kind === 'later') return { kind: 'later', why: resolution.why };
  const { snapshot, surfaces, unusable, named } = resolution;
  const market = decideMarket(snapshot, null, brand);
  await ledger.recordResolution(run, snapshot, surfaces, sightingOf(snapshot, named, true, brand), unusable);
  tellMismatches(await ledger.noteMismatches({ surfaces }, marketDigest(brand)));
  return {
    kind: 'resolved',
    adName: snapshot.name,
    marketId: market.marketId,
    marketSays: market.says,
    surfaces,
    unusable,
  };
}

/** As `resolve`, but ids that are not there yet are looked for again by the activity's own retries. */
export async function awaitSurface(dependencies: Dependencies, input: RunInput): Promise<Resolved> {
  const resolved = await resolve(dependencies, input);
  if (resolved.kind !== 'later') return resolved;
  throw notYet(resolved.why, pollDelay(dependencies.timing.surfacePollsMs, activityInfo().attempt));
}
