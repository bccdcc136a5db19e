import { z } from 'zod';
import { Address, Id, listOf, maybe, Word } from './fields.ts';

/** Fields of a creative that tell its surfaces, its landing pages, and whose it is. */
export const CREATIVE_FIELDS = [
  'id,object_type,status,effective_object_story_id,effective_instagram_media_id,instagram_user_id,actor_id',
  'product_set_id,object_story_spec,asset_feed_spec,call_to_action,link_url,object_url,url_tags',
  'branded_content,branded_content_sponsor_page_id,facebook_branded_content,instagram_branded_content',
].join(',');

const Url = maybe(Address);
export const CallToAction = maybe(z.object({ value: maybe(z.object({ link: Url })) }));
const Card = z.object({ link: Url, call_to_action: CallToAction });
/** One language's words of a post that has them in several. */
const LanguageRule = z.object({ customization_spec: maybe(z.object({ language: maybe(Word) })), link: Url });
const LanguageRules = maybe(listOf(LanguageRule));
const SponsorPage = { branded_content_sponsor_page_id: maybe(Id) };

const LinkData = maybe(
  z.object({
    link: Url,
    call_to_action: CallToAction,
    child_attachments: maybe(listOf(Card)),
    customization_rules_spec: LanguageRules,
    ...SponsorPage,
  }),
);

export const StorySpec = z.object({
  page_id: maybe(Id),
  instagram_user_id: maybe(Id),
  link_data: LinkData,
  template_data: LinkData,
  video_data: maybe(z.object({ call_to_action: CallToAction, customization_rules_spec: LanguageRules, ...SponsorPage })),
  photo_data: maybe(z.object(SponsorPage)),
});

/** Assets of which only the number matters. */
const Assets = maybe(z.array(z.unknown()));

/** One rule of which words and pictures go together, and for whom. */
const CustomizationRule = z.object({
  is_default: maybe(z.boolean()),
  customization_spec: maybe(z.object({ locales: maybe(listOf(z.number().int())) })),
});

export const AssetFeed = z.object({
  link_urls: maybe(listOf(z.object({ website_url: Url, url_tags: Url }))),
  call_to_actions: maybe(listOf(z.object({ value: maybe(z.object({ link: Url })) }))),
  bodies: Assets,
  titles: Assets,
  descriptions: Assets,
  images: Assets,
  videos: Assets,
  asset_customization_rules: maybe(listOf(CustomizationRule)),
  autotranslate: maybe(listOf(Word)),
});

const Partner = z.object({ fb_page_id: maybe(Id), ig_user_id: maybe(Id) });

export const CreativeNode = z.object({
  id: Id,
  object_type: maybe(Word),
  status: maybe(Word),
  effective_object_story_id: maybe(Id),
  effective_instagram_media_id: maybe(Id),
  instagram_user_id: maybe(Id),
  actor_id: maybe(Id),
  product_set_id: maybe(Id),
  object_story_spec: maybe(StorySpec),
  asset_feed_spec: maybe(AssetFeed),
  call_to_action: CallToAction,
  link_url: Url,
  object_url: Url,
  url_tags: Url,
  branded_content: maybe(z.object({ partners: maybe(listOf(Partner)) })),
  branded_content_sponsor_page_id: maybe(Id),
  facebook_branded_content: maybe(z.object({ sponsor_page_id: maybe(Id) })),
  instagram_branded_content: maybe(z.object({ sponsor_id: maybe(Id) })),
});

export type CreativeNode = z.infer<typeof CreativeNode>;
