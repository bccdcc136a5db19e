import type { Guardrail } from '../guardrail.ts';
import { kindsWithThread } from '../placements.ts';
import { broken, kept } from './finding.ts';

export const placementHasThread: Guardrail = {
  id: 'placement-has-thread',
  protects: 'A comment goes only where the ad is really shown and where people can see a thread.',
  hard: false,
  severity: 'block',
  mildest: 'hold',
  leadsTo: 'not-commentable',
  check({ snapshot: { placements }, reading: { surface } }) {
    const evidence = { placements: placements === null ? 'automatic' : [...placements].sort(), kind: surface.kind };
    const where = surface.kind === 'facebook-post' ? 'Facebook' : 'Instagram';
    if (!kindsWithThread(placements).includes(surface.kind)) {
      return broken(`The ad is not shown anywhere on ${where} where a thread can be read.`, evidence);
    }
    if (placements === null) return kept(`The platform chooses the placements, ${where} feeds among them.`, evidence);
    return kept(`The ad is shown on ${where} with its thread.`, evidence);
  },
};
