import type { AdLanguages } from '../../domain/facts.ts';
import type { CreativeNode } from './creative-node.ts';
import { localeOfCode, localeOfKey } from './locales.ts';

/** What one rule says: whose words these are, and whether everybody else reads them too. */
interface LanguageRule {
  readonly tags: readonly string[];
  readonly isDefault: boolean;
}

/**
 * The languages of a multi-language ad, which shows all of them on one post. Meta writes them in three ways: locale keys in
 * the rules of an asset feed, languages that it translates into by itself, and rules by language in a post's own data. Rules
 * for placements or places alone are no languages.
 */
export function languagesOf(creative: CreativeNode): AdLanguages | null {
  const feed = creative.asset_feed_spec;
  const rules = [...feedRules(feed?.asset_customization_rules ?? []), ...storyRules(creative)];
  const translated = (feed?.autotranslate ?? []).map(localeOfCode);
  const tags = [...new Set([...rules.flatMap((rule) => rule.tags), ...translated])].sort();
  if (tags.length === 0) return null;
  return { tags, default: rules.find(({ isDefault }) => isDefault)?.tags[0] ?? null };
}

type FeedRules = NonNullable<NonNullable<CreativeNode['asset_feed_spec']>['asset_customization_rules']>;

function feedRules(rules: FeedRules): readonly LanguageRule[] {
  return rules.map(({ customization_spec, is_default }) => ({
    tags: (customization_spec?.locales ?? []).map(localeOfKey),
    isDefault: is_default === true,
  }));
}

/** Rules by language that stand in a post's own data. The one without a link of its own is the post itself: the default. */
function storyRules({ object_story_spec: story }: CreativeNode): readonly LanguageRule[] {
  return [story?.link_data, story?.template_data, story?.video_data].flatMap((data) =>
    (data?.customization_rules_spec ?? []).flatMap(({ customization_spec, link }) => {
      const language = customization_spec?.language;
      return language ? [{ tags: [localeOfCode(language)], isDefault: link === null }] : [];
    }),
  );
}
