import { type AdRef, formatAd } from '../domain/ad.ts';
import type { RunState, Wait } from '../workflows/messages.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a person types to end the wait; `null` where no person ends it. */
export function commandFor(ad: AdRef, { reason, key }: Pick<Wait, 'reason' | 'key'>): string | null {
  switch (reason) {
    case 'awaiting-approval':
      return `first-comment approve ${formatAd(ad)} --by … --why …`;
    case 'paused':
      // A breaker that is about to be noted names its Page or account; its id is then in the list of what stands.
      return UUID.test(key) ? `first-comment resume ${key} --by … --why …` : 'first-comment status';
    case 'awaiting-credentials':
      return 'first-comment doctor';
    default:
      return null;
  }
}

/** All waits of a run, each once: its own and those of its surfaces. */
export function waitsIn({ wait, surfaces }: RunState): readonly Wait[] {
  const all = [...(wait ? [wait] : []), ...surfaces.flatMap((surface) => surface.wait ?? [])];
  return all.filter((each, index) => all.findIndex(({ reason, key }) => reason === each.reason && key === each.key) === index);
}
