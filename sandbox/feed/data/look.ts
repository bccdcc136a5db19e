import { dig, type Json, type JsonObject } from '../../world/json.ts';
import type { WorldState } from '../../world/state.ts';
import type { Motif, Picture } from '../pictures/picture.ts';
import { type CallToAction, callToAction } from './call-to-action.ts';
import { speakerOf } from './people.ts';
import type { FeedUnit } from './units.ts';

export type Format = 'image' | 'video' | 'reel' | 'carousel' | 'catalogue' | 'dynamic';

/** One card of a carousel or of a catalogue. */
export interface LookCard {
  readonly title: string;
  readonly detail: string | undefined;
  readonly picture: Picture;
}

/** What the ad itself looks like, apart from its thread. */
export interface Look {
  readonly format: Format;
  readonly speaker: string;
  /** The brand, where somebody else speaks for it. */
  readonly partner: string | undefined;
  readonly text: string;
  readonly headline: string | undefined;
  readonly domain: string | undefined;
  readonly button: CallToAction;
  readonly picture: Picture;
  readonly cards: readonly LookCard[];
  readonly likes: number;
}

export function lookOf(state: WorldState, unit: FeedUnit): Look {
  const { creative, thread, network } = unit;
  const { record } = creative;
  const format = formatOf(unit);
  const link = linkOf(record.object_story_spec, record.asset_feed_spec) ?? record.link_url ?? record.object_url;
  const tint = tintOf(unit);
  const motif = record.picture ?? 'plain';
  const written = thread?.kind === 'post' ? thread.record.message : thread?.record.caption;
  return {
    format,
    ...speakerOf(state, creative, thread, network),
    text: written || dataOf(record.object_story_spec, 'message') || assetOf(record.asset_feed_spec, 'bodies', 'text') || '',
    headline: filledIn(
      dataOf(record.object_story_spec, 'name') ??
        dataOf(record.object_story_spec, 'title') ??
        record.title ??
        assetOf(record.asset_feed_spec, 'titles', 'text') ??
        (link === undefined ? undefined : lastOfPath(link)),
    ),
    domain: link === undefined ? undefined : hostOf(link),
    button: callToAction(callToActionOf(record), unit.market),
    picture: { motif, tint, scene: sceneOf(format) },
    cards: cardsOf(unit, format, { motif, tint }),
    likes: thread?.record.like_count ?? 0,
  };
}

function formatOf({ creative, adSet, thread }: FeedUnit): Format {
  const { object_story_spec: spec, asset_feed_spec: assets, product_set_id } = creative.record;
  if (thread?.kind === 'media' && thread.record.media_product_type === 'REELS') return 'reel';
  if (dig(spec, 'video_data') !== undefined || (thread?.kind === 'media' && thread.record.media_type === 'VIDEO')) return 'video';
  if (listIn(dig(spec, 'link_data', 'child_attachments')).length > 1) return 'carousel';
  if (thread === undefined && (product_set_id !== undefined || dig(spec, 'template_data') !== undefined)) return 'catalogue';
  if (adSet?.record.is_dynamic_creative && assets !== undefined) return 'dynamic';
  return 'image';
}

const GOODS = ['Duvet cover', 'Pillowcase', 'Fitted sheet', 'Bed throw'];
const SCENES = ['bed', 'stack', 'pillow', 'cloth'] as const;

function sceneOf(format: Format): Picture['scene'] {
  return format === 'dynamic' ? 'stack' : format === 'video' ? 'pillow' : 'bed';
}

/** A catalogue's headline names its fields in braces; a phone shows one of its goods. */
function filledIn(headline: string | undefined): string | undefined {
  return headline?.replace(/\{\{[^{}]*\}\}/g, GOODS[0] ?? '');
}

function cardsOf({ creative }: FeedUnit, format: Format, { motif, tint }: { motif: Motif; tint: number }): readonly LookCard[] {
  const picture = (index: number): Picture => ({
    motif,
    tint: (tint + index) % 6,
    scene: SCENES[index % SCENES.length] ?? 'bed',
  });
  if (format === 'catalogue') {
    return GOODS.map((title, index) => ({ title, detail: 'from the catalogue', picture: picture(index) }));
  }
  if (format !== 'carousel') return [];
  const children = listIn(dig(creative.record.object_story_spec, 'link_data', 'child_attachments')).slice(0, 10);
  return children.map((child, index) => {
    const link = textIn(dig(child, 'link'));
    const title = textIn(dig(child, 'name')) ?? (link && lastOfPath(link)) ?? `Card ${index + 1}`;
    return { title, detail: textIn(dig(child, 'description')) ?? (link && hostOf(link)), picture: picture(index) };
  });
}

function dataOf(spec: JsonObject | undefined, key: string): string | undefined {
  return ['link_data', 'video_data', 'template_data'].map((part) => textIn(dig(spec, part, key))).find((text) => text);
}

function linkOf(spec: JsonObject | undefined, assets: JsonObject | undefined): string | undefined {
  return (
    dataOf(spec, 'link') ??
    textIn(dig(spec, 'video_data', 'call_to_action', 'value', 'link')) ??
    assetOf(assets, 'link_urls', 'website_url')
  );
}

function callToActionOf({
  object_story_spec: spec,
  asset_feed_spec: assets,
  call_to_action,
}: FeedUnit['creative']['record']): string {
  const named = ['link_data', 'video_data', 'template_data'].map((part) => textIn(dig(spec, part, 'call_to_action', 'type')));
  const first = textIn(listIn(dig(assets, 'call_to_action_types'))[0]);
  return named.find((text) => text) ?? first ?? textIn(dig(call_to_action, 'type')) ?? 'SHOP_NOW';
}

function assetOf(assets: JsonObject | undefined, list: string, key: string): string | undefined {
  return textIn(dig(listIn(dig(assets, list))[0], key));
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function textIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** One colour for both sides of an ad, and for all ads on one post. */
function tintOf({ creative: { record } }: FeedUnit): number {
  const shown = record.effective_object_story_id ?? record.effective_instagram_media_id ?? record.id;
  return Number(BigInt(shown.replace(/\D/g, '') || '0') % 6n);
}

function lastOfPath(link: string): string | undefined {
  return URL.canParse(link) ? new URL(link).pathname.split('/').findLast((part) => part !== '') : undefined;
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).hostname.replace(/^www\./, '') : link;
}
