import type { Edit } from '../../test/planted/fault.ts';

/** The product without one of its safeguards, as a team might build it. */
export interface Mutant {
  readonly id: string;
  /** What is left out, in the words of the publish protocol. */
  readonly what: string;
  readonly edits: readonly Edit[];
  /** The figure that must show it; duplicates or losses unless given. */
  readonly shownBy?: 'sentWhileClosed';
}

/** The first six must show duplicates or losses; each further one shows that a check of the comparison finds what it is for. */
export const MUTANTS: readonly Mutant[] = [
  {
    id: 'no-claim',
    what: 'Whoever asks for a surface gets it (protocol a)',
    edits: [
      {
        file: 'store/postgres/claims.ts',
        find: "    if (current.state === 'released') {\n      await giveTo",
        replace: '    if (current) {\n      await giveTo',
      },
      {
        file: 'store/postgres/gate-conditions.ts',
        find: '\n  notOwner,\n  oldEpoch,\n',
        replace: '\n',
      },
      {
        file: 'store/postgres/gate-conditions.ts',
        find: "    if (!request.edits && (claim.state === 'ours' || stands)) return 'Our comment stands on this surface already.';\n",
        replace: '    void stands;\n',
      },
    ],
  },
  {
    id: 'no-look',
    what: 'Nobody looks at the thread before publishing (protocol e)',
    edits: [{ file: 'activities/look.ts', find: 'partOwn(own, ', replace: 'partOwn([], ' }],
  },
  {
    id: 'three-attempts',
    what: 'A request of unknown outcome is sent again, up to three times (protocol c)',
    edits: [
      {
        file: 'activities/publish.ts',
        find: '  const answer = await send(platformOf(dependencies, ad), request, input.edits, callContext(ad).accountId);\n',
        replace:
          '  const once = () => send(platformOf(dependencies, ad), request, input.edits, callContext(ad).accountId);\n' +
          '  let answer = await once();\n' +
          "  for (let again = 1; again < 3 && answer.kind === 'unknown'; again += 1) answer = await once();\n",
      },
    ],
  },
  {
    id: 'no-patience',
    what: 'One reading, at once, proves that a comment is absent (protocol d)',
    edits: [
      { file: 'activities/settle.ts', find: 'const ABSENCE_READS = 3;', replace: 'const ABSENCE_READS = 1;' },
      {
        file: 'activities/settle.ts',
        find: '  return Math.max(0, timing.sendByMs + timing.writeDeadlineMs + timing.lateLandingMs - attempt.ageMs);',
        replace: '  return 0 * (timing.sendByMs + attempt.ageMs);',
      },
    ],
  },
  {
    id: 'exact-text',
    what: 'Only the exact text of an attempt is known as ours (protocol e)',
    edits: [
      {
        file: 'domain/ours.ts',
        find: '  if (signs.knownCommentIds.includes(comment.commentId)) return true;\n  if (comment.applicationId !== null && !signs.appIds.includes(comment.applicationId)) return false;\n  return carriesKey(comment.text, signs.keyParameter, signs.surfaceKey) || repeatsAttempt(comment.text, signs.attemptTexts);',
        replace: '  return signs.attemptTexts.includes(comment.text);',
      },
    ],
  },
  {
    id: 'no-gate',
    what: 'Nothing is asked at the gate, and a request may leave at any time (protocol b)',
    edits: [
      {
        file: 'store/postgres/gate.ts',
        find: '    return refusal(state, request) ?? (await open(transaction, state, request));',
        replace: '    return open(transaction, state, request);',
      },
      {
        file: 'activities/publish.ts',
        find: 'performance.now() + timing.sendByMs;',
        replace: 'performance.now() + 600_000;',
      },
    ],
  },
  {
    id: 'no-send-by',
    what: 'What has passed the gate may leave at any time (protocol b)',
    edits: [
      {
        file: 'activities/publish.ts',
        find: 'performance.now() + timing.sendByMs;',
        replace: 'performance.now() + 600_000;',
      },
    ],
    shownBy: 'sentWhileClosed',
  },
];
