import type { CommentRecord } from './comment.ts';
import type {
  AccountRecord,
  AdRecord,
  AdSetRecord,
  CampaignRecord,
  CreativeRecord,
  InstagramRecord,
  MediaRecord,
  PageRecord,
  PostRecord,
} from './schema.ts';

interface Records {
  account: AccountRecord;
  page: PageRecord;
  instagram: InstagramRecord;
  campaign: CampaignRecord;
  'ad-set': AdSetRecord;
  creative: CreativeRecord;
  ad: AdRecord;
  post: PostRecord;
  media: MediaRecord;
  comment: CommentRecord;
}

export type NodeKind = keyof Records;
/** One object of the world with its kind. */
export type WorldNode = { [K in NodeKind]: { readonly kind: K; readonly record: Records[K] } }[NodeKind];
export type NodeOf<K extends NodeKind> = Extract<WorldNode, { kind: K }>;
/** A node that carries a thread. */
export type ThreadNode = NodeOf<'post'> | NodeOf<'media'>;
