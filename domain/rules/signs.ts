import type { Brand } from '../brand.ts';
import type { SurfaceFacts } from '../facts.ts';
import type { OurSigns } from '../ours.ts';
import { surfaceKey } from '../surface-key.ts';

/** The signs of our comments on the surface that the facts are about. */
export function signsOf(facts: SurfaceFacts, brand: Brand): OurSigns {
  return {
    knownCommentIds: facts.knownCommentIds,
    attemptTexts: facts.attemptTexts,
    surfaceKey: surfaceKey(brand.id, facts.reading.surface),
    keyParameter: brand.link.keyParameter,
    appIds: Object.values(brand.profiles).map(({ meta }) => meta.appId),
  };
}
