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
    tests: ['test/workflows/retract-crash.test.ts'],
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
];
