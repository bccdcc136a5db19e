import type { SurfaceKind } from './surface.ts';

/** Whether a comment may carry a link that people can tap, or has to name the next step in words. */
export type Capability = 'link' | 'no-link';
export const CAPABILITIES = ['link', 'no-link'] as const satisfies readonly Capability[];

/** Whether the text of a comment can be changed where it stands; where not, it can only be deleted. */
export const EDITABLE: Readonly<Record<SurfaceKind, boolean>> = {
  'facebook-post': true,
  'instagram-media': false,
};

/** Links under Instagram media are plain text that nobody can tap, so the copy there names the ad's button instead. */
export const CAPABILITY_OF: Readonly<Record<SurfaceKind, Capability>> = {
  'facebook-post': 'link',
  'instagram-media': 'no-link',
};
