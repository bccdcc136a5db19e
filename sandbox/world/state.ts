import { z } from 'zod';
import { type CommentRecord, commentRecord, seededComment } from './comment.ts';
import type { JsonObject } from './json.ts';
import type { Mutation } from './mutations.ts';
import type { NodeKind, NodeOf, ThreadNode, WorldNode } from './nodes.ts';
import { danglingReferences } from './references.ts';
import {
  accountRecord,
  adRecord,
  adSetRecord,
  type CommentSeed,
  campaignRecord,
  creativeRecord,
  type Grant,
  grantSchema,
  instagramRecord,
  mediaRecord,
  pageRecord,
  postRecord,
  type Sections,
  type World,
} from './schema.ts';
import { anchoredAd, anchoredPost, isoTime } from './time-anchor.ts';
import { WorldMistake } from './world-mistake.ts';
import { type WriteEntry, writeEntry } from './write-log.ts';

const SCHEMAS = {
  account: accountRecord,
  page: pageRecord,
  instagram: instagramRecord,
  campaign: campaignRecord,
  'ad-set': adSetRecord,
  creative: creativeRecord,
  ad: adRecord,
  post: postRecord,
  media: mediaRecord,
  comment: commentRecord,
} as const;

/** The name under which the system user's grant is patched. */
export const SYSTEM_USER = 'system-user';

/** The sandbox's model of the platform: a seed plus the mutations applied to it. Holds no files and no sockets. */
export class WorldState {
  readonly world: World;
  /** The moment that the seed's `… ago` times count back from. */
  readonly anchor: number;
  readonly writes: WriteEntry[] = [];
  readonly grants = new Map<string, Grant>();
  clockOffsetMs = 0;
  readonly #nodes = new Map<string, WorldNode>();
  readonly #byKind = new Map<NodeKind, Set<string>>();
  readonly #aliases = new Map<string, string>();
  readonly #threads = new Map<string, CommentRecord[]>();
  readonly #firstReads = new Map<string, number>();

  constructor(world: World, anchor: number) {
    this.world = world;
    this.anchor = anchor;
    this.grants.set(SYSTEM_USER, grantOf(world.system_user));
    for (const token of world.other_tokens) this.grants.set(token.name, grantOf(token));
    this.#add(world, anchor);
  }

  /** The node called `id`, by its own id or an alias. */
  find(id: string): WorldNode | undefined {
    return this.#nodes.get(this.#aliases.get(id) ?? id);
  }

  get<K extends NodeKind>(kind: K, id: string | undefined): NodeOf<K> | undefined {
    const node = id === undefined ? undefined : this.find(id);
    return node?.kind === kind ? (node as NodeOf<K>) : undefined;
  }

  *all<K extends NodeKind>(kind: K): Generator<NodeOf<K>> {
    for (const id of this.#byKind.get(kind) ?? []) {
      const node = this.get(kind, id);
      if (node) yield node;
    }
  }

  count(kind: NodeKind): number {
    return this.#byKind.get(kind)?.size ?? 0;
  }

  /** The comments of a thread, oldest first, hidden ones included. */
  commentsOf(threadId: string): readonly CommentRecord[] {
    return this.#threads.get(this.#aliases.get(threadId) ?? threadId) ?? [];
  }

  threadOf(comment: CommentRecord): ThreadNode | undefined {
    return this.get('post', comment.object_id) ?? this.get('media', comment.object_id);
  }

  /** The Page behind a thread: a post's own, or the one that a media's Instagram account is linked to. */
  pageOfThread(thread: ThreadNode): NodeOf<'page'> | undefined {
    if (thread.kind === 'post') return this.get('page', thread.record.id.split('_')[0]);
    for (const page of this.all('page')) {
      const { instagram_business_account, connected_page_backed_instagram_account } = page.record;
      const accounts = [instagram_business_account, connected_page_backed_instagram_account];
      if (accounts.includes(thread.record.instagram_account_id)) return page;
    }
    return undefined;
  }

  /** Who speaks for a thread's brand: the Page on Facebook, the account on Instagram. */
  ownerOfThread(thread: ThreadNode): { id: string; name: string } {
    if (thread.kind === 'post') {
      const pageId = thread.record.id.split('_')[0] ?? '';
      return { id: pageId, name: this.get('page', pageId)?.record.name ?? pageId };
    }
    const account = this.get('instagram', thread.record.instagram_account_id)?.record;
    return { id: thread.record.instagram_account_id, name: account?.username ?? thread.record.instagram_account_id };
  }

  firstReadOf(creativeId: string): number | undefined {
    return this.#firstReads.get(creativeId);
  }

  /** A hand-written comment as a record, ready to be journaled. */
  handWritten(seed: CommentSeed, at: number): CommentRecord {
    const thread = this.get('post', seed.object_id) ?? this.get('media', seed.object_id);
    if (!thread) throw new WorldMistake(`comments: no post or media is called ${seed.object_id}; seed it first`);
    return seededComment(seed, this.#threadIdentity(thread), at, this.commentsOf(thread.record.id).length);
  }

  /** Changes the model; throws WorldMistake when the mutation does not fit the world. */
  apply(mutation: Mutation): void {
    switch (mutation.kind) {
      case 'seeded':
        this.#add(mutation.sections, mutation.at);
        return;
      case 'patched':
        this.#patch(mutation.id, mutation.changes);
        return;
      case 'grant-patched':
        this.#patchGrant(mutation.name, mutation.changes);
        return;
      case 'first-read':
        this.#firstReads.set(mutation.id, mutation.at);
        return;
      case 'clock-advanced':
        this.clockOffsetMs += mutation.seconds * 1_000;
        return;
      case 'comment-created':
        if (!this.find(mutation.comment.object_id)) throw new WorldMistake(`no thread ${mutation.comment.object_id}`);
        this.#insert(mutation.comment);
        this.writes.push(writeEntry('created', mutation.at, mutation.comment, this.writes.length));
        return;
      case 'comment-edited':
      case 'comment-hidden':
      case 'comment-deleted':
        this.#change(mutation);
        return;
    }
  }

  #change(mutation: Extract<Mutation, { kind: 'comment-edited' | 'comment-hidden' | 'comment-deleted' }>): void {
    const node = this.get('comment', mutation.id);
    if (!node) throw new WorldMistake(`no comment ${mutation.id}`);
    const comment = node.record;
    if (mutation.kind === 'comment-deleted') {
      this.#remove(comment);
      this.writes.push(writeEntry('deleted', mutation.at, comment, this.writes.length));
      return;
    }
    const changed =
      mutation.kind === 'comment-edited'
        ? { ...comment, message: mutation.message }
        : { ...comment, is_hidden: mutation.hidden, hide_at_ms: null };
    this.#replace(changed);
    const action = mutation.kind === 'comment-edited' ? 'edited' : mutation.hidden ? 'hidden' : 'shown';
    this.writes.push(writeEntry(action, mutation.at, changed, this.writes.length));
  }

  #add(sections: Sections, anchor: number): void {
    const dangling = danglingReferences(sections, (id) => this.find(id) !== undefined);
    if (dangling.length > 0) throw new WorldMistake(dangling.join('\n'));
    for (const record of sections.ad_accounts) this.#put({ kind: 'account', record });
    for (const record of sections.pages) this.#put({ kind: 'page', record });
    for (const record of sections.instagram_accounts) this.#put({ kind: 'instagram', record });
    for (const record of sections.campaigns) this.#put({ kind: 'campaign', record });
    for (const record of sections.ad_sets) this.#put({ kind: 'ad-set', record });
    for (const record of sections.creatives) this.#put({ kind: 'creative', record });
    for (const record of sections.ads) this.#put({ kind: 'ad', record: anchoredAd(record, anchor) });
    for (const record of sections.posts) this.#put({ kind: 'post', record: anchoredPost(record, anchor) });
    for (const record of sections.media) {
      this.#put({ kind: 'media', record: { ...record, timestamp: isoTime(record.timestamp, anchor) } });
    }
    for (const seed of sections.comments) this.#insert(this.handWritten(seed, anchor));
  }

  #put(node: WorldNode): void {
    this.#nodes.set(node.record.id, node);
    const ids = this.#byKind.get(node.kind) ?? new Set();
    this.#byKind.set(node.kind, ids.add(node.record.id));
    if (node.kind === 'post' || node.kind === 'media') {
      for (const alias of node.record.aliases) this.#aliases.set(alias, node.record.id);
    }
  }

  #insert(comment: CommentRecord): void {
    const thread = this.#threads.get(comment.object_id) ?? [];
    thread.push(comment);
    thread.sort((a, b) => a.created_ms - b.created_ms);
    this.#threads.set(comment.object_id, thread);
    this.#put({ kind: 'comment', record: comment });
  }

  #remove(comment: CommentRecord): void {
    this.#threads.set(
      comment.object_id,
      this.commentsOf(comment.object_id).filter((other) => other.id !== comment.id),
    );
    this.#nodes.delete(comment.id);
    this.#byKind.get('comment')?.delete(comment.id);
  }

  #replace(comment: CommentRecord): void {
    this.#threads.set(
      comment.object_id,
      this.commentsOf(comment.object_id).map((other) => (other.id === comment.id ? comment : other)),
    );
    this.#put({ kind: 'comment', record: comment });
  }

  #patch(id: string, changes: JsonObject): void {
    const node = this.find(id);
    if (!node) throw new WorldMistake(`no object is called ${id}`);
    const read = SCHEMAS[node.kind].safeParse({ ...node.record, ...changes, id: node.record.id });
    if (!read.success) throw new WorldMistake(`${node.kind} ${id}: ${z.prettifyError(read.error)}`);
    const patched = { kind: node.kind, record: read.data } as WorldNode;
    if (patched.kind === 'comment') this.#replace(patched.record);
    else this.#put(patched);
  }

  #patchGrant(name: string, changes: JsonObject): void {
    const grant = this.grants.get(name);
    if (!grant) throw new WorldMistake(`no token is called ${name}; known: ${[...this.grants.keys()].join(', ')}`);
    const read = grantSchema.safeParse({ ...grant, ...changes });
    if (!read.success) throw new WorldMistake(`token ${name}: ${z.prettifyError(read.error)}`);
    this.grants.set(name, read.data);
  }

  #threadIdentity(thread: ThreadNode) {
    const network = thread.kind === 'post' ? ('facebook' as const) : ('instagram' as const);
    return { id: thread.record.id, network, owner: this.ownerOfThread(thread) };
  }
}

function grantOf(holder: Grant): Grant {
  const { scopes, ad_accounts, pages, invalid_subcode } = holder;
  return { scopes, ad_accounts, pages, invalid_subcode };
}
