import type { Fault } from './fault.ts';

const GATE_CONDITIONS = [
  'notOwner',
  'oldEpoch',
  'oldGeneration',
  'withdrawalOrder',
  'cancelled',
  'unsettledAttempt',
  'tooManyAttempts',
  'paused',
  'breaker',
  'copyNotApproved',
  'factsTooOld',
  'brandChanged',
  'notReleased',
  'otherMarket',
  'notAsJudged',
] as const;

const GUARDRAILS = [
  'oneCountry',
  'oneLanguage',
  'marketAgrees',
  'knownAdsAgree',
  'identityAgrees',
  'copyApproved',
  'offerNotOver',
  'linkAllowed',
  'utmComplete',
  'specialCategory',
  'adState',
  'commentable',
  'oursNotThere',
  'firstInThread',
] as const;

/** Every safeguard of the publish protocol taken away alone, and every guardrail. */
export const FAULTS: readonly Fault[] = [
  {
    id: 'claim',
    what: 'The claim is given to everybody who asks (protocol a)',
    edits: [
      {
        file: 'store/postgres/claims.ts',
        find: "    if (current.state === 'released') {\n      await giveTo",
        replace: '    if (current) {\n      await giveTo',
      },
    ],
    tests: ['test/store/claims.test.ts'],
  },
  {
    id: 'look',
    what: 'The look before publishing sees nothing (protocol e)',
    edits: [
      {
        file: 'activities/look.ts',
        find: 'partOwn(reading.own, ',
        replace: 'partOwn([], ',
      },
    ],
    tests: ['test/workflows/again.test.ts'],
    named: 'a comment of the brand that stands there already',
  },
  ...GATE_CONDITIONS.map(
    (condition): Fault => ({
      id: `gate-${dashed(condition)}`,
      what: `The gate no longer asks: ${worded(condition)} (protocol b)`,
      edits: [{ file: 'store/postgres/gate-conditions.ts', find: `\n  ${condition},\n`, replace: '\n' }],
      tests: ['test/store/gate.test.ts'],
    }),
  ),
  {
    id: 'send-by',
    what: 'Bytes may leave after sendBy (protocol b)',
    edits: [
      {
        file: 'platforms/meta/send-guard.ts',
        find: 'if (sendBy !== null && performance.now() > sendBy)',
        replace: 'if (sendBy !== null && performance.now() > sendBy + 60_000)',
      },
      {
        file: 'platforms/meta/exchange.ts',
        find: 'sendBy === null ? undefined : setTimeout',
        replace: 'sendBy !== undefined ? undefined : setTimeout',
      },
    ],
    tests: ['test/platforms/publish.test.ts'],
    named: 'sendBy',
  },
  {
    id: 'first-record',
    what: 'The activity writes no record of the answer (protocol c)',
    edits: [
      {
        file: 'activities/publish.ts',
        find: 'const breakerId = await recordFirst(ledger, gate.attemptId, result);',
        replace: 'const breakerId = null;',
      },
    ],
    tests: ['test/workflows/happy.test.ts'],
    named: 'on its Facebook post',
  },
  {
    id: 'second-record',
    what: 'The workflow writes no record of the answer (protocol c)',
    edits: [{ file: 'activities/runs.ts', find: "  await ledger.recordResult(attemptId, result, 'workflow');\n", replace: '' }],
    tests: ['test/workflows/happy.test.ts'],
    named: 'on its Facebook post',
  },
  {
    id: 'settle-one-read',
    what: 'Settling takes one reading for proof of absence (protocol d)',
    edits: [{ file: 'activities/settle.ts', find: 'const ABSENCE_READS = 3;', replace: 'const ABSENCE_READS = 1;' }],
    tests: ['test/activities/settle.test.ts'],
  },
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
  {
    id: 'cancel-gate',
    what: 'Cancel does not close the gate (protocol h)',
    edits: [{ file: 'activities/index.ts', find: '      await ledger.closeGateFor(run, by);\n', replace: '' }],
    tests: ['test/workflows/cancel.test.ts'],
    named: 'a cancel closes the gate',
  },
  {
    id: 'survey',
    what: "Runs judge without a survey of the brand's accounts (protocol f)",
    edits: [
      {
        file: 'workflows/survey.ts',
        find: 'if (run.surveyDueAt === null || Date.now() < run.surveyDueAt) return;',
        replace: 'if (run.surveyDueAt !== undefined) return;',
      },
    ],
    tests: ['test/workflows/shared-surface.test.ts'],
    named: 'when the one runs first',
  },
  {
    id: 'verify-trusts-200',
    what: 'Verify takes 200 for visible (design §3, 4)',
    edits: [
      {
        file: 'activities/verify.ts',
        find: 'const seen = await judgeReading(dependencies, input, reading);',
        replace: "const seen = { kind: 'visible', says: 'accepted', rank: 1, of: 1, permalink: null } as Seen;",
      },
    ],
    tests: ['test/workflows/endings.test.ts'],
    named: 'ends as hidden',
  },
  {
    id: 'undelivered-surface',
    what: 'A post or media on which the ad is not shown counts as its surface (design §3)',
    edits: [
      {
        file: 'platforms/meta/resolve.ts',
        find: 'const threads = kindsWithThread(snapshot.placements);',
        replace: 'const threads = kindsWithThread(null);',
      },
    ],
    tests: ['test/platforms/shapes.test.ts'],
    named: 'an ad on Instagram only',
  },
  {
    id: 'variants',
    what: 'A post with variants counts as the one that people see',
    edits: [{ file: 'platforms/meta/variants.ts', find: 'data.length > 0 ?', replace: 'data.length > 1_000 ?' }],
    tests: ['test/platforms/shapes.test.ts'],
    named: 'a post for each variant',
  },
  {
    id: 'page-backed',
    what: 'A comment is tried as the account that stands in for a Page',
    edits: [{ file: 'domain/speaker.ts', find: 'ownerId === snapshot.pageBackedAccountId', replace: "ownerId === 'nobody'" }],
    tests: ['test/domain/speaker.test.ts'],
    named: 'stands in for the Page',
  },
  {
    id: 'partner',
    what: "A partner's post is taken for a mistake in the brand folder",
    edits: [{ file: 'domain/speaker.ts', find: '!identity && snapshot.partnership', replace: "owner === 'nobody'" }],
    tests: ['test/domain/speaker.test.ts'],
    named: 'a partner who wrote the post',
  },
  {
    id: 'old-facts',
    what: 'Facts of an older release are judged as if nothing were missing',
    edits: [{ file: 'domain/judge.ts', find: 'missing.length > 0', replace: 'missing.length > 99' }],
    tests: ['test/domain/rules.test.ts'],
    named: 'facts of an older release',
  },
  ...GUARDRAILS.map(
    (guardrail): Fault => ({
      id: `rule-${dashed(guardrail)}`,
      what: `The guardrail ${dashed(guardrail)} is not on the list`,
      edits: [{ file: 'domain/rules/index.ts', find: `\n  ${guardrail},\n`, replace: '\n' }],
      tests: ['test/domain/rules.test.ts'],
    }),
  ),
  {
    id: 'spec-adapter-field',
    what: 'The adapter misspells a field (spec oracle)',
    edits: [{ file: 'platforms/meta/surface-nodes.ts', find: "'id,permalink_url,", replace: "'id,permalink_link," }],
    tests: ['test/spec/adapter.test.ts'],
    named: 'readSurface asks only',
  },
  {
    id: 'spec-both-agree',
    what: 'Adapter and sandbox agree on a field that does not exist (spec oracle)',
    edits: [
      { file: 'platforms/meta/surface-nodes.ts', find: "'id,permalink_url,", replace: "'id,permalink_link," },
      { file: 'sandbox/graph/views/post.ts', find: 'permalink_url: () =>', replace: 'permalink_link: () =>' },
    ],
    tests: ['test/spec/adapter.test.ts', 'test/spec/sandbox.test.ts'],
    named: 'Meta publishes',
  },
  {
    id: 'spec-adapter-parameter',
    what: 'Adapter and sandbox agree on a parameter that does not exist (spec oracle)',
    edits: [
      {
        file: 'platforms/meta/publish.ts',
        find: 'params: { message: request.text,',
        replace: "params: { idempotency_key: '1', message: request.text,",
      },
      {
        file: 'sandbox/graph/parameters.ts',
        find: "'POST /{post}/comments': ['message',",
        replace: "'POST /{post}/comments': ['idempotency_key', 'message',",
      },
    ],
    tests: ['test/spec/adapter.test.ts', 'test/spec/sandbox.test.ts'],
    named: 'Meta publishes',
  },
  {
    id: 'spec-adapter-reads',
    what: 'The adapter reads a field that is never there (spec oracle)',
    edits: [{ file: 'platforms/meta/creative-node.ts', find: 'website_url: Url,', replace: 'web_site_url: Url,' }],
    tests: ['test/spec/adapter.test.ts'],
    named: 'what the adapter reads',
  },
  {
    id: 'spec-unknown-parameter',
    what: 'The sandbox accepts unknown parameters (spec oracle)',
    edits: [
      {
        file: 'sandbox/graph/parameters.ts',
        find: 'if (stranger === undefined) return;',
        replace: 'if (stranger !== null) return;',
      },
    ],
    tests: ['test/spec/sandbox.test.ts'],
    named: 'what the sandbox refuses',
  },
  {
    id: 'spec-answer-type',
    what: 'The sandbox answers with another type than is published (spec oracle)',
    edits: [
      {
        file: 'sandbox/graph/views/comment.ts',
        find: 'comment_count: () => json(repliesTo(comment, scene)),',
        replace: 'comment_count: () => json(String(repliesTo(comment, scene))),',
      },
    ],
    tests: ['test/spec/sandbox.test.ts'],
    named: 'every object of the example',
  },
  {
    id: 'feed-escape',
    what: 'The feed puts texts of the world into its page as they are',
    edits: [
      {
        file: 'sandbox/feed/html.ts',
        find: "if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));",
        replace: "if (typeof part === 'string' || typeof part === 'number') return String(part) || escapeText('');",
      },
    ],
    tests: ['test/sandbox/feed.test.ts'],
    named: 'escapes',
  },
];

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function worded(name: string): string {
  return dashed(name).replaceAll('-', ' ');
}
