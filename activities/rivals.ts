import type { OwnComment } from '../domain/facts.ts';
import type { Attempt } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { ownComments, type Thread } from './own-comments.ts';

/** A comment of ours that is on the platform now. */
export interface RivalComment extends OwnComment {
  /** Whether the ledger has a row for it. */
  readonly recorded: boolean;
  readonly attemptId: string | null;
  /** It was decided before that this one is removed, or it was removed and is there again. */
  readonly goes: boolean;
}

export interface Rivals {
  readonly there: readonly RivalComment[];
  /** What the list or the ledger has, and what cannot be read by itself. `goes`: its removal was decided and not noted yet. */
  readonly gone: readonly { readonly commentId: string; readonly goes: boolean }[];
  readonly attempts: readonly Attempt[];
}

/**
 * All comments of ours on a surface, each read by itself: a list may still show what was removed a moment ago, and need not
 * show what is deep down in the thread.
 */
export async function rivalsOn(dependencies: Dependencies, thread: Thread): Promise<Rivals> {
  const { surface, speaker, accountId } = thread;
  const account = { platform: surface.platform, accountId };
  const { listed, recorded, attempts } = await ownComments(dependencies, thread);
  const standing = recorded.filter(({ removedAt }) => removedAt === null);
  const there: RivalComment[] = [];
  const gone: { commentId: string; goes: boolean }[] = [];
  for (const commentId of new Set([...standing, ...listed].map((each) => each.commentId))) {
    const known = recorded.find((each) => each.commentId === commentId);
    const goes = known !== undefined && (known.goes || known.removedAt !== null);
    const request = { surface, ...speaker, commentId };
    const reading = await translated(() => platformOf(dependencies, account).readComment(request, callContext(account)));
    if (reading.kind === 'gone') {
      gone.push({ commentId, goes: goes && known?.removedAt === null });
      continue;
    }
    // Somebody else's, under an id of ours: drift, which the look reports; it is not ours to remove.
    if (reading.authorId !== null && reading.authorId !== speaker.identityId) continue;
    there.push({
      ...reading.comment,
      goes,
      // Platforms may alter what they show; what we wrote tells whose attempt it was.
      text: known?.text ?? reading.comment.text,
      hidden: reading.hidden === true,
      recorded: known !== undefined,
      attemptId: known?.attemptId ?? null,
    });
  }
  return { there, gone, attempts };
}
