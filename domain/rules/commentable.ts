import type { Guardrail } from '../guardrail.ts';
import { broken, kept, unclear } from './finding.ts';

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
    // A no that is left out of an answer must not read as a yes.
    if (commentsEnabled === null) return unclear('The platform does not say whether comments are on.', evidence);
    // Of the two, only a Page can be unpublished.
    if (identityPublished === null && surface.kind === 'facebook-post')
      return unclear('The platform does not say whether the Page is published.', evidence);
    if (limit.limited === null && limit.setting !== null)
      return unclear(`The ad set has a setting for comments that nobody knows (${limit.setting}).`, evidence);
    return kept('Comments are on.', evidence);
  },
};
