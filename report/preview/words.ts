import type { ApprovalState } from '../../domain/copy/approval.ts';
import { FOLD } from '../../domain/fold.ts';
import type { SurfaceKind } from '../../domain/surface.ts';

/** Kinds of surfaces as marketers call them. */
export const SURFACE_WORDS: Readonly<Record<SurfaceKind, string>> = {
  'facebook-post': 'Facebook post',
  'instagram-media': 'Instagram media',
};

/** Whether the text may go out, in a few words. */
export function approvalWords(state: ApprovalState): string {
  switch (state.kind) {
    case 'approved': {
      const until = state.expiresAt === null ? '' : `, until ${day(state.expiresAt)}`;
      return `approved by ${state.by} on ${day(state.at)}${until}`;
    }
    case 'expired':
      return `approval by ${state.by} ended on ${day(state.expiresAt)}: not published`;
    case 'changed':
      return `changed since ${state.by} approved it on ${day(state.at)}: not published`;
    case 'none':
      return 'not approved: not published';
  }
}

/** What the cut means, for whoever looks at a preview. */
export const FOLD_WORDS = `Where a phone cuts a comment is an estimate: after about ${FOLD['facebook-post']} characters, or three lines, at the last blank. Meta publishes no number for comments.`;

/** The key in a link belongs to a post; there is none yet. */
export const LINK_WORDS =
  "Links lead to the market's first landing page; a real one leads to the ad's own, and its last parameter is the key of its post.";

function day(instant: string): string {
  return instant.slice(0, 10);
}
