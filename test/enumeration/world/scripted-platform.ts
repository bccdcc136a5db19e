import type { AdRef } from '../../../domain/ad.ts';
import { formatAd } from '../../../domain/ad.ts';
import type { AdSnapshot, OwnComment, Resolution, SurfaceReading, ThreadReading } from '../../../domain/facts.ts';
import type { MetricRow } from '../../../domain/metrics.ts';
import type { Surface, SurfaceRef } from '../../../domain/surface.ts';
import type {
  AdPage,
  CommentReading,
  PlatformAdapter,
  PublishRequest,
  PublishResult,
  ThreadRequest,
} from '../../../platforms/platform.ts';

export interface ScriptedAd {
  readonly snapshot: AdSnapshot;
  readonly surfaces: readonly Surface[];
}

/** A comment as the platform keeps it. */
export interface Comment {
  readonly id: string;
  readonly surfaceId: string;
  readonly text: string;
  readonly authorId: string;
  readonly appId: string | null;
  readonly createdAt: string;
  hidden: boolean;
  /** How many more lists are given without it. */
  unlisted: number;
  gone: boolean;
}

export const OUR_APP = '900100';

/**
 * A platform in memory that does as it is told, and writes down what it did. By itself it answers truthfully; what it is to
 * say or do otherwise is a fault of the call.
 */
export class ScriptedPlatform implements PlatformAdapter {
  readonly platform = 'meta' as const;
  readonly comments: Comment[] = [];
  /** Most comments of ours that stood at once, by surface id. */
  readonly mostAtOnce = new Map<string, number>();
  private readonly ads: ReadonlyMap<string, ScriptedAd>;
  private made = 0;
  private awaitingLists: { readonly surfaceId: string; lists: number; readonly happen: () => void }[] = [];

  constructor(ads: readonly ScriptedAd[]) {
    this.ads = new Map(ads.map((each) => [formatAd(each.snapshot.ad), each]));
  }

  /** Comments of ours that stand there, hidden ones too. */
  ours(surfaceId: string): readonly Comment[] {
    return this.comments.filter((each) => each.surfaceId === surfaceId && each.appId === OUR_APP && !each.gone);
  }

  /** A comment appears, whoever asked for it and whenever. */
  land(comment: Pick<Comment, 'surfaceId' | 'text' | 'authorId'> & Partial<Comment>): Comment {
    this.made += 1;
    const landed: Comment = {
      id: `${comment.surfaceId}_${this.made}`,
      appId: OUR_APP,
      createdAt: new Date().toISOString(),
      hidden: false,
      unlisted: 0,
      gone: false,
      ...comment,
    };
    this.comments.push(landed);
    const most = Math.max(this.mostAtOnce.get(comment.surfaceId) ?? 0, this.ours(comment.surfaceId).length);
    this.mostAtOnce.set(comment.surfaceId, most);
    return landed;
  }

  /** What a publish request asks for, landing now. */
  landed({ surface, text, identityId }: PublishRequest, changes: Partial<Comment> = {}): Comment {
    return this.land({ surfaceId: surface.surfaceId, text, authorId: identityId, ...changes });
  }

  /** Something happens just before the surface's next list but so many. */
  beforeList(surfaceId: string, lists: number, happen: () => void): void {
    this.awaitingLists.push({ surfaceId, lists, happen });
  }

  absenceProvable(kind: SurfaceRef['kind']): boolean {
    return kind === 'facebook-post';
  }

  async probe(): Promise<void> {}

  async resolveAd(ad: AdRef): Promise<Resolution> {
    const found = this.ads.get(formatAd(ad));
    if (!found) return { kind: 'not-found', why: `there is no ad ${formatAd(ad)}` };
    const { snapshot, surfaces } = found;
    return {
      kind: 'resolved',
      snapshot,
      surfaces,
      unusable: [],
      named: surfaces.map((surface) => ({ named: refOf(surface), surface })),
    };
  }

  async listAds(_: unknown, { accountId }: { readonly accountId: string }): Promise<AdPage> {
    const ads = [...this.ads.values()].filter(({ snapshot }) => snapshot.ad.accountId === accountId);
    return {
      ads: ads.map(({ snapshot, surfaces }) => ({
        ad: snapshot.ad,
        snapshot,
        state: snapshot.state,
        names: surfaces.map(refOf),
        complete: true,
        misfit: null,
      })),
      unreadable: [],
      next: null,
    };
  }

  async readSurface(surface: Surface): Promise<SurfaceReading> {
    return { surface, commentsEnabled: true, identityPublished: true };
  }

  async readThread({ surface, identityId, depth }: ThreadRequest): Promise<ThreadReading> {
    const listed = this.listed(surface.surfaceId);
    const since = depth.kind === 'until' ? depth.olderThan : '';
    const own = listed.filter((each) => each.authorId === identityId && each.createdAt >= since).map(ownComment);
    const strangers = listed.filter((each) => each.authorId !== identityId);
    return {
      own,
      strangers: { count: strangers.length, earliestAt: strangers.at(-1)?.createdAt ?? null },
      complete: true,
      readAt: new Date().toISOString(),
    };
  }

  async publish(request: PublishRequest): Promise<PublishResult> {
    if (performance.now() > request.sendBy) return { kind: 'not-sent', says: 'its time to send had passed' };
    return { kind: 'accepted', commentId: this.landed(request).id };
  }

  async readComment({ surface, commentId }: { surface: SurfaceRef; commentId: string }): Promise<CommentReading> {
    const comment = this.comments.find((each) => each.id === commentId && !each.gone);
    if (!comment) return { kind: 'gone' };
    const listed = this.listed(surface.surfaceId);
    const rank = listed.indexOf(comment) + 1;
    return {
      kind: 'there',
      comment: ownComment(comment),
      authorId: comment.authorId,
      hidden: comment.hidden,
      permalink: null,
      listed: rank > 0 ? { rank, of: listed.length } : null,
    };
  }

  async setHidden({ commentId, hidden }: { commentId: string; hidden: boolean }): Promise<void> {
    for (const each of this.comments) if (each.id === commentId) each.hidden = hidden;
  }

  async editComment(): Promise<'unsupported'> {
    return 'unsupported';
  }

  async deleteComment({ commentId }: { commentId: string }): Promise<void> {
    for (const each of this.comments) if (each.id === commentId) each.gone = true;
  }

  async dailyMetrics(): Promise<readonly MetricRow[]> {
    return [];
  }

  /** One list as the platform gives it, newest first. Each brings a comment that lags one list nearer. */
  private listed(surfaceId: string): readonly Comment[] {
    const due = this.awaitingLists.filter((each) => each.surfaceId === surfaceId && each.lists === 0);
    this.awaitingLists = this.awaitingLists.filter((each) => !due.includes(each));
    for (const each of this.awaitingLists) if (each.surfaceId === surfaceId) each.lists -= 1;
    for (const { happen } of due) happen();
    const there = this.comments.filter((each) => each.surfaceId === surfaceId && !each.gone && !each.hidden);
    const listed = there.filter((each) => each.unlisted === 0).reverse();
    for (const each of there) each.unlisted = Math.max(0, each.unlisted - 1);
    return listed;
  }
}

function ownComment({ id, text, createdAt, hidden, appId }: Comment): OwnComment {
  return { commentId: id, text, createdAt, hidden, applicationId: appId, replies: 0 };
}

function refOf({ platform, kind, surfaceId }: Surface): SurfaceRef {
  return { platform, kind, surfaceId };
}
