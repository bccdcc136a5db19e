import { setTimeout as sleep } from 'node:timers/promises';
import type { AdRef } from '../../domain/ad.ts';
import { type BlowNotes, deal, type Struck } from './blows.ts';
import type { ChaosPlan } from './plan.ts';
import { randomOf } from './random.ts';
import { runningRuns, whyOpen } from './recovery.ts';
import type { ChaosWorld, PlannedAd } from './world.ts';

export interface Conducted {
  readonly notes: BlowNotes;
  /** Breakers that the operator lifted, in words. */
  readonly lifted: readonly string[];
  /** Acts that Temporal did not carry out, in words. */
  readonly refusedActs: readonly string[];
  /** Workflow ids that had not ended when patience did. */
  readonly hanging: readonly string[];
}

export interface Conductor {
  say(line: string): void;
  /** Asked now and then; `true` ends everything at once. */
  enough(): Promise<boolean>;
}

const ADS_PER_SECOND = 3;
const TIDY_EVERY_MS = 2_000;
const SAY_EVERY_MS = 10_000;
/** So few open runs are looked at one by one. */
const FEW = 8;
/** After the last start. A reading that a dead worker held is given up after minutes, and a settling one later still. */
const PATIENCE_MS = 10 * 60_000;

/** Starts all runs, lets the plan befall them, and waits until they have ended. */
export async function conduct(
  world: ChaosWorld,
  plan: ChaosPlan,
  seed: number,
  stack: Struck,
  told: Conductor,
): Promise<Conducted> {
  const notes: BlowNotes = { dealt: {}, recoveries: [] };
  const [lifted, refusedActs]: [string[], string[]] = [[], []];
  const luck = randomOf(seed, 'luck');
  const acts: Promise<void>[] = [];
  const over = new AbortController();
  const tidying = tidyUntil(over.signal, stack, lifted);

  async function actLater({ adId, act, afterMs }: ChaosPlan['acts'][number], ad: AdRef, chosen: number): Promise<void> {
    await sleep(afterMs);
    await stack.operator.act(ad, act, chosen).catch((error: unknown) => refusedActs.push(`${act} of ${adId}: ${causeOf(error)}`));
  }

  async function start({ ad }: PlannedAd): Promise<void> {
    await stack.operator.start(ad);
    for (const act of plan.acts.filter(({ adId }) => adId === ad.adId)) acts.push(actLater(act, ad, luck.fraction()));
  }

  let dealing: Promise<void> = Promise.resolve();
  const starting: Promise<void>[] = [];
  const began = performance.now();
  for (const [index, ad] of world.ads.entries()) {
    // Not one after the other: while Temporal is down the next ones come all the same.
    starting.push(start(ad));
    for (const blow of plan.blows.filter(({ afterAds }) => afterAds === index + 1)) {
      dealing = dealing.then(() => {
        told.say(`${blow.blow} after ${blow.afterAds} ads`);
        return deal(blow, stack, notes);
      });
    }
    if (index % (ADS_PER_SECOND * 5) === 0 && (await told.enough())) break;
    await sleep(Math.max(0, began + ((index + 1) * 1_000) / ADS_PER_SECOND - performance.now()));
  }
  await Promise.all([...starting, dealing]);
  await Promise.all(acts);
  told.say('all ads are started, all blows dealt');
  const hanging = await awaitEnd(stack, world.ads.length, told);
  over.abort();
  await tidying;
  return { notes, lifted, refusedActs, hanging };
}

/** Breakers and dead tokens need a person. The harness plays one all the time. */
async function tidyUntil(signal: AbortSignal, { operator }: Struck, lifted: string[]): Promise<void> {
  while (!signal.aborted) {
    // Ledger or Temporal may be down; the next round comes soon.
    lifted.push(...(await operator.tidy().catch(() => [])));
    await sleep(TIDY_EVERY_MS);
  }
}

/** Until no run is open. What still is when patience ends is answered. */
export async function awaitEnd(
  { client, workers }: Pick<Struck, 'client' | 'workers'>,
  ads: number,
  told: Conductor,
): Promise<readonly string[]> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (let saidAt = 0; ; await sleep(1_000)) {
    const running = await runningRuns(client);
    if (running.length === 0 || Date.now() > giveUpAt) return running.map(({ workflowId }) => workflowId);
    if (await told.enough()) return [];
    // With few runs left each crash only makes the last ones wait longer for what a dead worker held.
    if (running.length <= Math.max(FEW, ads / 4)) workers.spare();
    if (Date.now() - saidAt > SAY_EVERY_MS) {
      const some = running.slice(0, FEW);
      const why = (await whyOpen(client, some)).join('; ');
      told.say(`${running.length} runs are open${some.length < running.length ? ', some of them' : ''}: ${why}`);
      saidAt = Date.now();
    }
  }
}

function causeOf(error: unknown): string {
  return error instanceof Error && error.cause ? String(error.cause) : String(error);
}
