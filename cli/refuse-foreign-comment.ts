import { whyNotOurs } from '../activities/ours-to-change.ts';
import { signsOn } from '../activities/own-comments.ts';
import { speakerOf } from '../domain/speaker.ts';
import { formatSurface, type SurfaceRef } from '../domain/surface.ts';
import { UserError } from '../domain/user-error.ts';
import { PlatformError } from '../platforms/platform.ts';
import type { Attempt, Ledger } from '../store/ledger.ts';
import type { Context } from './context.ts';
import { withAdapter } from './with-adapter.ts';

/**
 * Reads the comment that a person says is an attempt's: what the ledger takes for ours may be deleted later, and an id is
 * easily mistyped.
 * @throws UserError when it is not ours on this surface, or cannot be read
 */
export async function refuseForeignComment(
  context: Context,
  ledger: Ledger,
  { surface, attempt, commentId, skewMs }: { surface: SurfaceRef; attempt: Attempt; commentId: string; skewMs: number },
): Promise<void> {
  const brand = context.brand();
  const { identityId, accountId } = attempt.belongs;
  const speaker = speakerOf(identityId, brand);
  if (!speaker) throw refused(`identities.yaml does not name ${identityId}, as which it was made.`);
  const [recorded, attempts] = await Promise.all([ledger.recordedOn(surface), ledger.attemptsOn(surface)]);
  const olderThan = new Date(Date.parse(attempt.gateAt) - skewMs).toISOString();
  const signs = signsOn({ brand }, surface, recorded, attempts);
  const request = { surface, ...speaker, depth: { kind: 'until', olderThan }, signs } as const;
  const { reading, thread } = await withAdapter(context, async (adapter) => {
    try {
      return {
        reading: await adapter.readComment({ surface, ...speaker, commentId }, { accountId }),
        thread: await adapter.readThread(request, { accountId }),
      };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      throw refused(`Comment ${commentId} could not be read: ${error.message}`);
    }
  });
  const place = formatSurface(surface);
  if (reading.kind === 'gone') throw refused(`Comment ${commentId} is not there, or ${identityId} may not see it.`);
  const why = whyNotOurs({ brand }, { surface, identityId, recorded, attempts }, reading);
  if (why !== null) throw refused(`On ${place}, ${why}.`);
  // Two surfaces may carry the same text: only the thread tells on which of them a comment is.
  if (reading.listed !== null || thread.own.some((each) => each.commentId === commentId)) return;
  throw refused(`The thread of ${place} does not list comment ${commentId}. If it is hidden there, show it first.`);
}

function refused(why: string): UserError {
  return new UserError(
    `The attempt stays open. ${why} Look at the thread again and name the comment that is ours, or say --absent if none is.`,
  );
}
