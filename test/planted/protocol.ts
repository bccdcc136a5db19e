import type { Fault } from './fault.ts';
import { dashed, worded } from './words.ts';

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

/** Every safeguard of the publish protocol taken away alone, and what surveys and runs rest on. */
export const PROTOCOL: readonly Fault[] = [
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
        find: 'partOwn(own, ',
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
    edits: [
      {
        file: 'activities/runs.ts',
        find: "await ledger.recordResult(attemptId, result, 'workflow')",
        replace: '{ withdrawn: null }',
      },
    ],
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
        find: 'const seen = await readBack(dependencies, input);',
        replace: "const seen = { kind: 'visible', says: 'accepted', rank: 1, of: 1, permalink: null } as CommentState;",
      },
    ],
    tests: ['test/workflows/endings.test.ts'],
    named: 'ends as hidden',
  },
  {
    id: 'standing-hold',
    what: 'A held rule is passed over for good because a comment of ours once stood there',
    edits: [
      {
        file: 'workflows/carry-surface.ts',
        find: '(foundNothing || !judged.standing)',
        replace: '!judged.standing',
      },
    ],
    tests: ['test/workflows/held.test.ts'],
    named: 'after all',
  },
  {
    id: 'standing-told',
    what: 'A run that may write nothing does not say that our comment still stands there',
    edits: [{ file: 'workflows/carry-surface.ts', find: '  tellStanding(place);\n', replace: '' }],
    tests: ['test/workflows/again.test.ts'],
    named: 'still stands',
  },
  {
    id: 'silent-steps',
    what: 'Steps that read are silent, though their workers count as dead without heartbeats',
    edits: [{ file: 'activities/beating.ts', find: 'setInterval(() => heartbeat(),', replace: 'setInterval(() => undefined,' }],
    tests: ['test/activities/beating.test.ts'],
    named: 'tells that it is alive',
  },
  {
    id: 'settle-late-word',
    what: 'Whoever stood still while settling takes the comment of a later attempt for its own (protocol d)',
    edits: [{ file: 'activities/settle.ts', find: '    if (meanwhile.known) return meanwhile.known;\n', replace: '' }],
    tests: ['test/activities/settle.test.ts'],
    named: 'of a later attempt',
  },
];
