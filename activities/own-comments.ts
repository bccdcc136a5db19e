import type { OwnComment } from '../domain/facts.ts';
import { type OurSigns, partOwn } from '../domain/ours.ts';
import type { Speaker } from '../domain/speaker.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import { surfaceKey } from '../domain/surface-key.ts';
import { PlatformError, type ThreadDepth } from '../platforms/platform.ts';
import type { Attempt, RecordedComment } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { signsOfOurs } from './signs.ts';

/** How far the look before publishing, and every search for a second comment, goes (protocol e). */
export const BOUNDED: ThreadDepth = { kind: 'bounded', newest: 200, oldest: 50 };

/** A surface with whoever speaks there, and the account in whose name the platform is asked. */
export interface Thread {
  readonly surface: SurfaceRef;
  readonly speaker: Speaker;
  readonly accountId: string;
}

/** What is ours on a surface: as the thread shows it, and as the ledger has it. */
export interface OwnComments {
  /** Top-level comments of ours among those that a bounded look reads. */
  readonly listed: readonly OwnComment[];
  /** All that the ledger ever knew there, removed ones among them. */
  readonly recorded: readonly RecordedComment[];
  readonly attempts: readonly Attempt[];
}

/** Searches the thread for comments of ours (protocol j). @throws ApplicationFailure as `translated` does */
export function ownComments(dependencies: Dependencies, thread: Thread): Promise<OwnComments> {
  return translated(() => readOwn(dependencies, thread));
}

/** As `ownComments`; `null` where the platform says that there is no such post or media, or none that the identity may see. */
export function ownCommentsIfThere(dependencies: Dependencies, thread: Thread): Promise<OwnComments | null> {
  return translated(async () => {
    try {
      return await readOwn(dependencies, thread);
    } catch (error) {
      if (error instanceof PlatformError && error.kind === 'not-found') return null;
      throw error;
    }
  });
}

async function readOwn(dependencies: Dependencies, thread: Thread): Promise<OwnComments> {
  const { ledger } = dependencies;
  const { surface, speaker, accountId } = thread;
  const [recorded, attempts] = await Promise.all([ledger.recordedOn(surface), ledger.attemptsOn(surface)]);
  const signs = signsOn(dependencies, surface, recorded, attempts);
  const account = { platform: surface.platform, accountId };
  const request = { surface, ...speaker, depth: BOUNDED, signs };
  const reading = await platformOf(dependencies, account).readThread(request, callContext(account));
  return { listed: partOwn(reading.own, signs).ours, recorded, attempts };
}

/** The signs of ours on a surface: its key is the same whichever run or sweep asks. */
export function signsOn(
  dependencies: Pick<Dependencies, 'brand'>,
  surface: SurfaceRef,
  recorded: readonly RecordedComment[],
  attempts: readonly Attempt[],
): OurSigns {
  return signsOfOurs(dependencies, surfaceKey(dependencies.brand.id, surface), recorded, attempts);
}

/** Comments of ours beside the given one, which must not be: listed, or standing by the ledger's word. */
export function othersBeside(commentId: string, { listed, recorded }: OwnComments): readonly string[] {
  const standing = recorded.filter(({ removedAt }) => removedAt === null);
  const ids = new Set([...listed, ...standing].map((each) => each.commentId));
  ids.delete(commentId);
  return [...ids];
}
