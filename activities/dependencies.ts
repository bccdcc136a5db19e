import type { Platform } from '../domain/ad.ts';
import type { Brand } from '../domain/brand.ts';
import type { Timing } from '../domain/timing.ts';
import type { PlatformAdapter } from '../platforms/platform.ts';
import type { Ledger, Owner, RunRef } from '../store/ledger.ts';

/** What the activities ask of other runs; the worker makes it from the client. */
export interface RunsPort {
  /** Tells a run that what it waits for may have changed. Answers whether it was told; to miss it is no error. */
  wake(workflowId: string): Promise<boolean>;
  /** The same for many, paced, so that they do not all ask the platform at once. Answers those that are gone. */
  wakeAll(workflowIds: readonly string[]): Promise<readonly string[]>;
  /** Whether the owner of a claim still runs. */
  isOpen(owner: Owner): Promise<boolean>;
}

/** Everything the activities need, handed in by the worker. */
export interface Dependencies {
  readonly brand: Brand;
  /** Name of the connection settings that the worker runs with. */
  readonly profile: string;
  readonly timing: Timing;
  readonly ledger: Ledger;
  readonly platforms: Readonly<Record<Platform, PlatformAdapter>>;
  readonly runs: RunsPort;
  readonly cluster: string;
  readonly namespace: string;
}

/** The owner that a run, or a sweep, claims as. */
export function ownerOf({ cluster, namespace }: Dependencies, { workflowId }: Pick<RunRef, 'workflowId'>): Owner {
  return { cluster, namespace, workflowId };
}
