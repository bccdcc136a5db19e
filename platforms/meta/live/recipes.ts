import type { ManualRecipe } from '../../examiner.ts';

/**
 * What only a write, or a person in Ads Manager, can tell. Publishing happens through claim, gate and ledger alone, and these writes have no run: so they are
 * for a person, on a test Page, with a tool such as Meta's Graph API Explorer.
 */
export const MANUAL_RECIPES: readonly ManualRecipe[] = [
  {
    id: 'duplicate-same-post',
    question: 'What becomes of a second identical comment on one post?',
    steps: [
      'Make an unpublished test post on a Page that no ad uses.',
      'As the Page, POST /{post}/comments with message=test twice, and note status, code and id of both answers.',
      'GET /{post}/comments?filter=stream&order=reverse_chronological and count. Then delete the test post.',
    ],
    usedIn: ['platforms/meta/error-table.ts', 'platforms/meta/publish.ts'],
  },
  {
    id: 'duplicate-two-posts',
    question: 'Is one text accepted on two posts within a minute?',
    steps: [
      'Make two unpublished test posts on one Page.',
      'As the Page, POST the same comment to both, and note the answers and is_hidden of both comments after one and after ten minutes.',
    ],
    usedIn: ['platforms/meta/publish.ts', 'domain/timing.ts'],
  },
  {
    id: 'instagram-ad-id',
    question: 'Must a comment on an ad’s own Instagram media name the ad, and which token writes it?',
    steps: [
      'Make a paused test ad with an Instagram placement and take its effective_instagram_media_id.',
      'With the token of the linked Page, POST /{media}/comments with message and ad_id. Delete the comment. POST again without ad_id.',
      'When one is refused, note status and code, and set sendAdIdOnInstagram in connections.yaml accordingly.',
    ],
    usedIn: ['platforms/meta/publish.ts', 'config/schemas.ts'],
  },
  {
    id: 'hidden-in-list',
    question: 'Does a hidden comment leave the list, on Facebook and on Instagram?',
    steps: [
      'Under a test post and a test media write one comment as the Page and hide it (is_hidden=true on Facebook, hide=true on Instagram).',
      'Read the comment by its id and the unfiltered list, and note where it is. Show it again and delete it.',
    ],
    usedIn: ['platforms/meta/index.ts', 'activities/settle.ts', 'activities/verify.ts'],
  },
  {
    id: 'late-landing',
    question: 'How late may a comment land whose answer was lost?',
    steps: [
      'Under a test post send ten comments and cut the connection right after the request is out.',
      'List the thread every ten seconds for five minutes and note when each appears, or that it does not.',
    ],
    usedIn: ['domain/timing.ts', 'activities/settle.ts'],
  },
  {
    id: 'dynamic-creative-ids',
    question: 'Which ids does a dynamic creative have, and when?',
    steps: [
      'Make a paused dynamic-creative test ad. Every five seconds read effective_object_story_id, effective_instagram_media_id and status of its creative.',
      'When the post is there, read /{post}/dynamic_posts and note whether comments under a variant show under the post.',
    ],
    usedIn: ['platforms/meta/resolve.ts', 'platforms/meta/variants.ts'],
  },
  {
    id: 'partnership-author',
    question: 'Which account owns the post of a partnership ad, and may our Page’s token comment there?',
    steps: [
      'Take a partnership ad of the account and read creative{branded_content,facebook_branded_content,instagram_branded_content,effective_object_story_id,effective_instagram_media_id}.',
      'Note which of them names the creator and which the sponsor, and who owns post and media. Nothing is written for this.',
    ],
    usedIn: ['platforms/meta/partnership.ts', 'platforms/meta/look-up.ts'],
  },
  {
    id: 'flexible-ad-posts',
    question: 'Does a flexible ad keep one post, or does it make one per group?',
    steps: [
      'Make a paused flexible test ad with two groups and read creative_asset_groups_spec of the ad and effective_object_story_id of its creative.',
      'When it has delivered, read /{post}/dynamic_posts and look at both variants in the previews of Ads Manager.',
    ],
    usedIn: ['platforms/meta/variants.ts', 'platforms/meta/snapshot.ts'],
  },
  {
    id: 'page-backed-comment',
    question: 'Can a Page-backed Instagram account comment under its own ad media?',
    steps: [
      'Use a test Page without an Instagram account, and make a paused test ad with an Instagram placement.',
      'With the Page’s token POST /{media}/comments, and note status and code.',
    ],
    usedIn: ['platforms/meta/page-backed.ts', 'domain/rules/index.ts'],
  },
  {
    id: 'comment-moderation-filter',
    question: 'Which values may comment_moderation_filter have, and what does each do?',
    steps: [
      'In Ads Manager make test ad sets with each setting of comment control and read brand_safety_config of each.',
      'Comment as the Page under an ad of each and note whether it is accepted and shown.',
    ],
    usedIn: ['platforms/meta/comment-limits.ts'],
  },
  {
    id: 'locale-keys',
    question: 'Does our table of locale keys say what Meta says, and which keys are new?',
    steps: [
      'With the system user’s token, GET /search?type=adlocale&q=a&limit=1000, then with q=b up to q=z; note key and name of each.',
      'Compare with platforms/meta/locale-keys.ts: a key with another name is wrong here, a key that is missing holds ads for a person.',
      'Save a paused test ad set with locales=[1003] and read targeting{locales}: note whether it says 1003 or its parts.',
    ],
    usedIn: ['platforms/meta/locale-keys.ts'],
  },
];
