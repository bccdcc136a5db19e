import type { Fault } from './fault.ts';

/** Safeguards of withdrawal orders and of restores, each taken away alone. */
export const ORDERS: readonly Fault[] = [
  {
    id: 'order-adoption',
    what: 'A comment that is found or accepted under a standing order does not withdraw its surface (protocol i 4)',
    edits: [
      {
        file: 'store/postgres/attempts.ts',
        find: '  if (facts.published && (await heedOrders(db, surface))) return;\n',
        replace: '',
      },
    ],
    tests: ['test/store/orders.test.ts'],
    named: 'a comment that lands after the order',
  },
  {
    id: 'order-withdraw-first',
    what: 'A surface is withdrawn after its comment was deleted, not before (protocol i 3)',
    edits: [
      {
        file: 'activities/retract/withdraw-comment.ts',
        find: "  if (!(await ledger.withdraw(orderId, surface))) return { kind: 'lifted' };\n",
        replace: '',
      },
      {
        file: 'activities/retract/withdraw-comment.ts',
        find: '  await ledger.recordWithdrawal(',
        replace: '  await ledger.withdraw(orderId, surface);\n  await ledger.recordWithdrawal(',
      },
    ],
    tests: ['test/workflows/retract-lost-calls.test.ts'],
    named: 'is withdrawn before its comment is deleted',
  },
  {
    id: 'order-lifted',
    what: 'Comments are withdrawn under an order that was lifted',
    edits: [
      {
        file: 'store/postgres/withdrawals.ts',
        find: ' and lifted_at is null for share`',
        replace: ' for share`',
      },
    ],
    tests: ['test/store/orders.test.ts'],
    named: 'gives back what stands',
  },
  {
    id: 'order-open-first',
    what: 'A retract ends while an attempt that it covers is open (protocol i 2)',
    edits: [
      {
        file: 'workflows/retract.ts',
        find: 'return removals.length === 0 && open.every(',
        replace: 'return removals.length === 0 || open.every(',
      },
    ],
    tests: ['test/workflows/retract.test.ts'],
    named: 'is settled by the run that lives',
  },
  {
    id: 'edit-left-as-it-was',
    what: 'A comment that was to be edited and could not be is left as it was (protocol i)',
    edits: [
      {
        file: 'workflows/retract-steps.ts',
        find: "    if (edited?.kind === 'edited') {",
        replace: '    if (edited !== null) {',
      },
    ],
    tests: ['test/workflows/edit.test.ts'],
    named: 'that cannot be edited is deleted',
  },
  {
    id: 'edit-former-text',
    what: 'After an edit the former text counts as intact (protocol i)',
    edits: [
      {
        file: 'activities/verify.ts',
        find: '  if (mustRead !== undefined) return judgeReading({ commentId, identityId, texts: [mustRead] }, reading);\n',
        replace: '',
      },
      {
        file: 'activities/verify.ts',
        find: '{ ad, surface, commentId, proposal, mustRead }: VerifyInput',
        replace: '{ ad, surface, commentId, proposal }: VerifyInput',
      },
    ],
    tests: ['test/activities/verify.test.ts'],
    named: 'one that was edited is visible with its new text alone',
  },
  {
    id: 'restore-shallow',
    what: 'After a restore the look before publishing is as shallow as ever (protocol k)',
    edits: [
      {
        file: 'workflows/publish-surface.ts',
        find: 'const wholeThread = takenOver || afterRestore;',
        replace: 'const wholeThread = takenOver;',
      },
    ],
    tests: ['test/workflows/restore.test.ts'],
    named: 'after the database was restored',
  },
  {
    id: 'restore-generation',
    what: 'A restore begins no new generation (protocol k)',
    edits: [
      {
        file: 'store/postgres/restored.ts',
        find: 'set generation = generation + 1',
        replace: 'set generation = generation',
      },
    ],
    tests: ['test/store/restored.test.ts'],
    named: 'shuts the gate',
  },
  {
    id: 'restore-in-a-hurry',
    what: 'A restored ledger opens while what was sent in the lost time may still land (protocol d, k)',
    edits: [
      {
        file: 'store/postgres/restored.ts',
        find: '  if (breaker.settled) return null;\n',
        replace: '  if (breaker.noted) return null;\n',
      },
    ],
    tests: ['test/store/restored.test.ts'],
    named: 'stays closed until',
  },
  {
    id: 'restore-unsaid',
    what: 'The breaker that a missing row tripped is lifted though nobody noted the restore (protocol k)',
    edits: [
      {
        file: 'store/postgres/restored.ts',
        find: '>= paused_at, false) as noted',
        replace: '>= paused_at, true) or true as noted',
      },
    ],
    tests: ['test/store/restored.test.ts'],
    named: 'has to be said before',
  },
  {
    id: 'restore-early-look',
    what: 'A look made before everything sent in the lost time has settled opens the gate (protocol k)',
    edits: [
      {
        file: 'store/postgres/gate-conditions.ts',
        find: '  notReadWhole,\n',
        replace: '',
      },
    ],
    tests: ['test/store/restored.test.ts'],
    named: 'shuts the gate',
  },
];
