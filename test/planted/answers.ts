import type { Fault } from './fault.ts';

/** Answers of the platform that do not fit. */
export const ANSWERS: readonly Fault[] = [
  {
    id: 'answer-encoding',
    what: 'Bytes of an answer that are no UTF-8 turn into other characters',
    edits: [{ file: 'platforms/meta/answer.ts', find: '{ fatal: true }', replace: '{ fatal: false }' }],
    tests: ['test/platforms/fuzz-answers.test.ts'],
    named: 'dailyMetrics',
  },
  {
    id: 'answer-another-object',
    what: 'An answer about another object than the one asked for passes',
    edits: [
      {
        file: 'platforms/meta/answer.ts',
        find: 'if (answered === asked) return;',
        replace: 'if (answered !== asked) return;\n  return;',
      },
    ],
    tests: ['test/platforms/fuzz-bodies.test.ts'],
    named: 'about another object',
  },
  {
    id: 'answer-any-id',
    what: 'Any word in the place of a comment id is taken for one (protocol c)',
    edits: [{ file: 'platforms/meta/publish.ts', find: 'z.object({ id: ObjectId })', replace: 'z.object({ id: z.string() })' }],
    tests: ['test/platforms/fuzz-answers.test.ts'],
    named: 'leaves publish on',
  },
  {
    id: 'answer-unnamed',
    what: 'A comment that looks like ours and names no author counts as a stranger',
    edits: [{ file: 'platforms/meta/tally.ts', find: '&& mayBeOurs(comment.own, signs)', replace: "&& identityId === 'nobody'" }],
    tests: ['test/platforms/thread.test.ts'],
    named: 'counts a comment without an author',
  },
  {
    id: 'answer-silence',
    what: 'A platform that does not say whether comments are on counts as one that says yes',
    edits: [
      {
        file: 'domain/rules/commentable.ts',
        find: 'if (commentsEnabled === null) return unclear(',
        replace: 'if (commentsEnabled === null) return kept(',
      },
    ],
    tests: ['test/domain/rules.test.ts', 'test/platforms/fuzz-judge.test.ts'],
  },
  {
    id: 'answer-misfit',
    what: 'Facts that keep not fitting fail the run instead of ending the surface',
    edits: [
      {
        file: 'activities/gather.ts',
        find: "['permission', 'invalid', 'policy', 'schema']",
        replace: "['permission', 'invalid', 'policy']",
      },
    ],
    tests: ['test/workflows/broken-answers.test.ts'],
    named: 'at validate',
  },
];
