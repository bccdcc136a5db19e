import type { Cleanup } from '../../cli/cleanup.ts';
import type { Progress } from '../../cli/start/progress.ts';
import type { SandboxInput } from '../sandbox-process.ts';
import { type Armoury, createArmoury } from './armoury.ts';
import { type CutProxy, openCutProxy } from './cut-proxy.ts';
import type { ChaosPlan } from './plan.ts';
import { type PlatformDoor, platformDoor } from './platform-door.ts';
import { type Killable, startSandboxServer } from './servers.ts';
import type { ChaosWorld } from './world.ts';

/** The platform as a program under test meets it: the sandbox behind the proxy, with the faults of the plan armed at both. */
export interface Platform {
  readonly sandbox: Killable & { readonly url: string };
  readonly proxy: CutProxy;
  readonly door: PlatformDoor;
  readonly armoury: Armoury;
}

export interface PlatformWish {
  readonly home: string;
  readonly secrets: SandboxInput['secrets'];
  readonly world: ChaosWorld;
  readonly plan: ChaosPlan;
}

export async function startPlatform(
  { home, secrets, world, plan }: PlatformWish,
  cleanup: Cleanup,
  progress: Progress,
): Promise<Platform> {
  const sandbox = await startSandboxServer(home, world.seed, secrets, cleanup, progress);
  const proxy = await openCutProxy({ target: sandbox.url });
  cleanup.add(() => proxy.close());
  const door = platformDoor(sandbox.url);
  const armoury = createArmoury(plan.faults, door, proxy);
  await armoury.arm();
  return { sandbox, proxy, door, armoury };
}
