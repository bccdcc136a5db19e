import { counted } from '../../domain/counted.ts';
import type { StandingComment, WithdrawalPreview } from '../../store/withdrawals.ts';
import { inFlightText } from '../commands/orders.ts';
import { clip, table } from '../table.ts';

/** So that a long list does not push the counts out of sight; `--json` gives all. */
const MOST_ROWS = 40;
const TEXT_WIDTH = 50;
const SHOWN_OF_TIME = 19;

export interface Counts {
  readonly byMarket: Readonly<Record<string, number>>;
  readonly byIdentity: Readonly<Record<string, number>>;
  readonly byPattern: Readonly<Record<string, number>>;
}

export function countsOf(comments: readonly StandingComment[]): Counts {
  const by = (name: (belongs: NonNullable<StandingComment['belongs']>) => string | null) => {
    const counts: Record<string, number> = {};
    for (const { belongs } of comments) {
      const key = (belongs && name(belongs)) ?? 'not known';
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };
  return {
    byMarket: by(({ marketId }) => marketId),
    byIdentity: by(({ identityId }) => identityId),
    byPattern: by(({ patternId, copyVersion }) => patternId && `${patternId} version ${copyVersion}`),
  };
}

/** What an order would do, for people. */
export function previewText(covers: string, { comments, unexplained, open }: WithdrawalPreview): string {
  const head =
    comments.length === 0
      ? `No comment of ours stands that it would cover (${covers}).`
      : `It would withdraw ${counted(comments.length, 'comment')} (${covers}):`;
  const { byMarket, byIdentity, byPattern } = countsOf(comments);
  const parts = [head];
  if (comments.length > 0) {
    parts.push(
      [`  by market    ${tell(byMarket)}`, `  by identity  ${tell(byIdentity)}`, `  by pattern   ${tell(byPattern)}`].join('\n'),
      commentTable(comments),
    );
  }
  parts.push(
    open.length === 0
      ? 'No attempt of it is open.'
      : `These may still leave a comment, which would be withdrawn too. ${inFlightText(open)}`,
  );
  if (unexplained.length > 0) {
    parts.push(
      `Whether ${counted(unexplained.length, 'more comment')} would be covered cannot be told: found in the thread, and no attempt explains them. They would be left alone.\n${commentTable(unexplained)}`,
    );
  }
  return parts.join('\n\n');
}

function tell(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');
}

function commentTable(comments: readonly StandingComment[]): string {
  const shown = comments.slice(0, MOST_ROWS);
  const rows = shown.map(({ surface, commentId, belongs, publishedAt, text }) => [
    belongs ? `${surface.platform}/${belongs.accountId}/${belongs.adId}` : 'not known',
    `${surface.kind} ${surface.surfaceId}`,
    commentId,
    publishedAt.slice(0, SHOWN_OF_TIME),
    clip(text, TEXT_WIDTH),
  ]);
  const more = comments.length - shown.length;
  const drawn = table(['ad', 'surface', 'comment', 'published at', 'text'], rows);
  return more > 0 ? `${drawn}\n… and ${more} more; --json gives all.` : drawn;
}
