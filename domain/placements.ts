import type { UnusableSurface } from './facts.ts';
import { SURFACE_KINDS, type SurfaceKind } from './surface.ts';

/** Placements whose ads people see with the thread of the post or media. Stories, right column, search and partner apps have none. */
const WITH_THREAD: Readonly<Record<SurfaceKind, readonly string[]>> = {
  'facebook-post': ['facebook/feed', 'facebook/video_feeds', 'facebook/profile_feed', 'facebook/facebook_reels'],
  'instagram-media': [
    'instagram/stream',
    'instagram/explore',
    'instagram/explore_home',
    'instagram/reels',
    'instagram/profile_feed',
    'instagram/profile_reels',
  ],
};

const NAMES: Readonly<Record<SurfaceKind, string>> = { 'facebook-post': 'Facebook', 'instagram-media': 'Instagram' };
const WORDS: Readonly<Record<SurfaceKind, string>> = { 'facebook-post': 'post', 'instagram-media': 'media' };
const PUBLISHER: Readonly<Record<SurfaceKind, string>> = { 'facebook-post': 'facebook', 'instagram-media': 'instagram' };

/**
 * The kinds of surfaces on which an ad really delivers and that have a thread. `null` placements are automatic ones: all.
 * A publisher alone (`facebook`) stands for all its positions.
 */
export function kindsWithThread(placements: readonly string[] | null): readonly SurfaceKind[] {
  if (placements === null) return SURFACE_KINDS;
  return SURFACE_KINDS.filter((kind) => placements.some((each) => each === PUBLISHER[kind] || WITH_THREAD[kind].includes(each)));
}

/** Why a kind of surface is none of an ad's: what people see of it there has no thread. */
export function reasonWithoutThread(kind: SurfaceKind, placements: readonly string[] | null): string {
  const publisher = PUBLISHER[kind];
  const there = (placements ?? []).filter((each) => each.split('/')[0] === publisher).sort();
  if (there.length === 0) return `the ad is not shown on ${NAMES[kind]}, so its ${WORDS[kind]} is not a surface of it`;
  return `the ad is not shown anywhere on ${NAMES[kind]} where a thread can be read (only ${there.join(', ')})`;
}

/** Lines about what is no surface of an ad; what the ad is shown on all the same has its place among the surfaces. */
export function tellNoSurfaces(unusable: readonly UnusableSurface[] = []): readonly string[] {
  return unusable.filter(({ delivers }) => delivers !== true).map(tellUnusable);
}

/** How it reads that something of an ad is left alone: `not a surface of this ad: Instagram media 179: …`. */
export function tellUnusable({ kind, reason, named, delivers }: UnusableSurface): string {
  const what = kind === null ? '' : `${NAMES[kind]} ${WORDS[kind]}${named ? ` ${named.surfaceId}` : ''}: `;
  return `${delivers === true ? 'cannot be commented' : 'not a surface of this ad'}: ${what}${reason}`;
}
