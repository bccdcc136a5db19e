import type { Fault } from './fault.ts';

/** What repair, settling in another's stead, and sweeps rest on. */
export const SWEEPS: readonly Fault[] = [
  {
    id: 'repair-incident-first',
    what: 'A second comment is removed before its incident and the decision are kept (protocol j)',
    edits: [
      {
        file: 'activities/repair.ts',
        find: '  return ledger.decideRemovals({ surface, owner, stays: decision.stays?.commentId ?? null, commentIds, incident });',
        replace: `  for (const commentId of commentIds) await removeComment(arguments[0], { surface, commentId, by: SELF, says: '' });
  return ledger.decideRemovals({ surface, owner, stays: decision.stays?.commentId ?? null, commentIds, incident });`,
      },
    ],
    tests: ['test/sweep/lost-calls.test.ts'],
    named: 'decideRemovals',
  },
  {
    id: 'repair-owner-only',
    what: 'Whoever finds a second comment removes it, although the owner of the claim still runs (protocol j)',
    edits: [
      {
        file: 'activities/repair.ts',
        find: "if (await runs.isOpen(claim.owner)) return { kind: 'held', by: workflowId };",
        replace: '',
      },
    ],
    tests: ['test/sweep/looks.test.ts'],
    named: 'leaves both alone',
  },
  {
    id: 'repair-two-decisions',
    what: 'Two decisions about one surface may take both comments (protocol j)',
    edits: [{ file: 'store/postgres/repairs.ts', find: 'if (decided.rows.length > 0) return false;', replace: '' }],
    tests: ['test/store/removals.test.ts'],
    named: 'two decisions never take both',
  },
  {
    id: 'survivor-rule',
    what: 'Of two comments the later one stays (protocol j)',
    edits: [
      {
        file: 'domain/survivor.ts',
        find: 'Date.parse(one.createdAt) - Date.parse(other.createdAt)',
        replace: 'Date.parse(other.createdAt) - Date.parse(one.createdAt)',
      },
    ],
    tests: ['test/domain/survivor.test.ts'],
  },
  {
    id: 'repair-unexplained',
    what: 'A second comment that no attempt explains is removed too (protocol j)',
    edits: [
      {
        file: 'activities/repair.ts',
        find: 'others.filter((each) => explainedByAttempt(each, attempts))',
        replace: 'others.filter((each) => explainedByAttempt(each, attempts) || true)',
      },
    ],
    tests: ['test/workflows/repair.test.ts'],
    named: 'left to a person',
  },
  {
    id: 'remove-by-id',
    what: 'A comment is deleted because the ledger has its id, whoever wrote it (protocol e, j)',
    edits: [{ file: 'activities/remove-comment.ts', find: 'if (why !== null) return', replace: 'if (why === undefined) return' }],
    tests: ['test/workflows/not-ours.test.ts'],
    named: 'somebody else wrote',
  },
  {
    id: 'settle-identity',
    what: 'An attempt is settled as another identity than it was made as (protocol d)',
    edits: [
      {
        file: 'activities/settle.ts',
        find: 'speakerOf(attempt.belongs.identityId, brand)',
        replace: 'speakerOf(brand.identities[0]?.identityId ?? attempt.belongs.identityId, brand)',
      },
    ],
    tests: ['test/sweep/orphans.test.ts'],
    named: 'was terminated',
  },
  {
    id: 'orphan-of-living-run',
    what: 'A sweep settles an attempt whose run still goes on (protocol g)',
    edits: [{ file: 'activities/settle-in-stead.ts', find: '!mine && (await runs.isOpen(owner))', replace: 'false' }],
    tests: ['test/sweep/orphans.test.ts'],
    named: 'is left to its run',
  },
  {
    id: 'sweep-wakes-nobody',
    what: 'A sweep wakes nobody whose signal was lost (parking and waking)',
    edits: [
      {
        file: 'activities/sweep/waiting.ts',
        find: 'await ledger.takeWaiters(scope, due)',
        replace: 'await ledger.takeWaiters(scope, [])',
      },
    ],
    tests: ['test/sweep/waking.test.ts'],
    named: 'whose pause was lifted',
  },
  {
    id: 'probe-pacing',
    what: 'Every sweep probes a dead token (parking and waking)',
    edits: [{ file: 'store/postgres/probes.ts', find: '    where probes.next_at <= clock_timestamp()\n', replace: '' }],
    tests: ['test/sweep/credentials.test.ts'],
  },
  {
    id: 'token-dead',
    what: 'A sweep uses a token that is known to be dead for all that is due (parking and waking)',
    edits: [{ file: 'workflows/sweep.ts', find: '  if (tokenIsDead) {', replace: "  if (tokenIsDead && accountId === '') {" }],
    tests: ['test/sweep/credentials.test.ts'],
    named: 'while the token is dead',
  },
  {
    id: 'look-put-off',
    what: 'A look that the platform puts off counts as tried',
    edits: [
      {
        file: 'store/postgres/sweeping.ts',
        find: '(look, pauseMs, says, tried) => postponeLook(db, look, pauseMs, says, tried)',
        replace: '(look, pauseMs, says) => postponeLook(db, look, pauseMs, says)',
      },
    ],
    tests: ['test/sweep/looks.test.ts'],
    named: 'puts off is no try',
  },
  {
    id: 'thread-gone-at-sight',
    what: 'A thread that cannot be found is believed to be gone at first sight',
    edits: [{ file: 'activities/sweep/look-again.ts', find: 'if (tries < MOST_TRIES) throw', replace: 'if (tries < 1) throw' }],
    tests: ['test/sweep/looks.test.ts'],
    named: 'the whole post is gone',
  },
  {
    id: 'told-by-raiser',
    what: 'An incident is said by nobody but the sweep that raised it',
    edits: [{ file: 'workflows/sweep.ts', find: 'tellOpenIncidents(due.openIncidents ?? [])', replace: 'tellOpenIncidents([])' }],
    tests: ['test/sweep/told-again.test.ts'],
    named: 'the one that found it died',
  },
  {
    id: 'told-once-for-ever',
    what: 'A comment that is hidden again after people saw it is told to nobody',
    edits: [
      {
        file: 'store/postgres/incidents.ts',
        find: '  if (incident.once !== undefined) await forgetOnce(db, incident.once);\n',
        replace: '',
      },
    ],
    tests: ['test/store/open-incidents.test.ts'],
    named: 'opens anew',
  },
  {
    id: 'look-done-first',
    what: 'A later look is closed before what it saw is kept',
    edits: [
      {
        file: 'activities/sweep/look-again.ts',
        find: '  const incident = await tellChange(dependencies, { surface, commentId }, seen);\n',
        replace:
          '  await ledger.closeLooks(surface, commentId, seen.says);\n  const incident = await tellChange(dependencies, { surface, commentId }, seen);\n',
      },
    ],
    tests: ['test/sweep/lost-calls.test.ts'],
    named: 'recordVisibility',
  },
];
