import type { Platform } from './ad.ts';

/** The kinds of commentable objects that an ad is shown on. */
export const SURFACE_KINDS = ['facebook-post', 'instagram-media'] as const;
export type SurfaceKind = (typeof SURFACE_KINDS)[number];

/** A surface by its canonical id: the `id` that the post or media node itself returns. */
export interface SurfaceRef {
  readonly platform: Platform;
  readonly kind: SurfaceKind;
  readonly surfaceId: string;
}

/** A surface as `resolve` found it. */
export interface Surface extends SurfaceRef {
  /** The Page (Facebook) or the account (Instagram) that owns the surface; `null` when the platform does not say. */
  readonly identityId: string | null;
  readonly permalink: string | null;
  /** `true` for a post that only exists as an ad ("dark post"); `null` when the platform does not say. */
  readonly dark: boolean | null;
}

/** A surface as an ad's creative names it, and what the platform showed under that name. */
export interface NamedSurface {
  /** With the creative's string, which may differ from the id that the surface itself gives. */
  readonly named: SurfaceRef;
  /** Under its own id; `null` when it is gone or cannot be used. */
  readonly surface: Surface | null;
}

/** How a surface is written for people and in keys: `facebook-post 4000001_77`. */
export function formatSurface(surface: SurfaceRef): string {
  return `${surface.kind} ${surface.surfaceId}`;
}
