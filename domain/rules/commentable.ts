import type { Guardrail } from '../guardrail.ts';
import { broken, kept } from './finding.ts';

export const commentable: Guardrail = {
  id: 'commentable',
  protects: 'The surface takes comments, and its Page or account is published.',
  hard: false,
  severity: 'block',
  mildest: 'hold',
  leadsTo: 'not-commentable',
  check({ reading: { commentsEnabled, identityPublished } }) {
    const evidence = { commentsEnabled, identityPublished };
    if (commentsEnabled === false) return broken('Comments are switched off here.', evidence);
    if (identityPublished === false)
      return broken('The Page or account is not published, so nobody can see its thread.', evidence);
    // Silence is no obstacle: a platform that does not say beforehand refuses the comment itself.
    if (commentsEnabled === null) return kept('The platform does not say beforehand whether comments are on.', evidence);
    return kept('Comments are on.', evidence);
  },
};
