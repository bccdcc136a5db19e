import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { MARKETS } from '../world.ts';
import type { Armoury } from './armoury.ts';
import type { CutProxy } from './cut-proxy.ts';
import type { Operator } from './operator.ts';
import type { Blow, PlannedBlow } from './plan.ts';
import type { PlatformDoor } from './platform-door.ts';
import { type Recovery, runningRuns, watchRecovery } from './recovery.ts';
import type { Killable } from './servers.ts';
import type { Workers } from './workers.ts';

/** What every program under test has, whatever it is. */
export interface StruckServers {
  readonly postgres: Killable;
  readonly sandbox: Killable;
  readonly workers: Workers;
  readonly proxy: CutProxy;
  readonly door: PlatformDoor;
  readonly armoury: Armoury;
}

export interface Struck extends StruckServers {
  readonly temporal: Killable;
  readonly operator: Operator;
  readonly client: Client;
}

/** What the blows left to report. */
export interface BlowNotes {
  readonly dealt: Partial<Record<Blow, number>>;
  readonly recoveries: Promise<Recovery>[];
}

const DOWN_MS = 1_000;
const REFUSED_MS = 1_500;
const DEAD_TOKEN_MS = 2_500;
const PAUSED_MS = 4_000;
/** A session that has expired. */
const EXPIRED = 463;

/** Deals one blow and mends it again; returns when the struck part is back. */
export async function deal({ blow, luck }: PlannedBlow, stack: Struck, notes: BlowNotes): Promise<void> {
  notes.dealt[blow] = (notes.dealt[blow] ?? 0) + 1;
  switch (blow) {
    case 'kill-workers': {
      const running = await runningRuns(stack.client);
      const killedAt = Date.now();
      await dealToServers(blow, stack);
      notes.recoveries.push(watchRecovery(stack.client, running, killedAt));
      return;
    }
    case 'kill-temporal':
      return downAndUp(stack.temporal);
    case 'pause': {
      const market = MARKETS[Math.floor(luck * MARKETS.length)];
      const wide = luck > 0.8 || !market;
      return stack.operator.pauseFor(wide ? 'all' : 'marketId', wide ? 'all' : market.id, PAUSED_MS);
    }
    default:
      return dealToServers(blow, stack);
  }
}

/** The blows that need neither Temporal nor an operator. */
export async function dealToServers(blow: Exclude<Blow, 'kill-temporal' | 'pause'>, stack: StruckServers): Promise<void> {
  switch (blow) {
    case 'kill-workers':
      return stack.workers.kill('all');
    case 'kill-worker':
      return stack.workers.kill('one');
    case 'kill-postgres':
      return downAndUp(stack.postgres);
    case 'kill-sandbox':
      return stack.armoury.survive(() => downAndUp(stack.sandbox));
    case 'refuse-connections':
      await stack.proxy.refuse();
      await sleep(REFUSED_MS);
      return stack.proxy.listen();
    case 'dead-token':
      await stack.door.patchToken({ invalid_subcode: EXPIRED });
      await sleep(DEAD_TOKEN_MS);
      return stack.door.patchToken({ invalid_subcode: null });
  }
}

async function downAndUp(server: Killable): Promise<void> {
  await server.kill();
  await sleep(DOWN_MS);
  await server.restart();
}
