import type { Guardrail } from '../guardrail.ts';
import { broken, kept } from './finding.ts';

export const commentable: Guardrail = {
  id: 'commentable',
  protects: 'The surface takes comments from everybody, and its Page or account is published.',
  hard: false,
  severity: 'block',
  mildest: 'hold',
  leadsTo: 'not-commentable',
  needs: ['commentLimits'],
  check({ snapshot, reading: { surface, commentsEnabled, identityPublished } }) {
    const limit = snapshot.commentLimits[surface.kind];
    const evidence = { commentsEnabled, identityPublished, adSetLimit: limit };
    if (commentsEnabled === false) return broken('Comments are switched off here.', evidence);
    if (identityPublished === false)
      return broken('The Page or account is not published, so nobody can see its thread.', evidence);
    if (limit.limited === true) return broken(`The ad set limits who may comment here (${limit.setting}).`, evidence);
    // Silence is no obstacle: a platform that does not say beforehand refuses the comment itself.
    if (commentsEnabled === null) return kept('The platform does not say beforehand whether comments are on.', evidence);
    return kept('Comments are on.', evidence);
  },
};
