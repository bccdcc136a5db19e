import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptResult, GateRequest, Owner } from '../../store/ledger.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { readyToSend } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

const OWNERS = 3;
const owner = fc.nat({ max: OWNERS - 1 });
const step = fc.oneof(
  fc.record({ do: fc.constant('claim' as const), owner }),
  fc.record({ do: fc.constant('gate' as const), owner }),
  fc.record({ do: fc.constant('gate-twice-at-once' as const), owner, rival: owner }),
  fc.record({ do: fc.constant('take-over' as const), owner, stale: fc.boolean() }),
  fc.record({ do: fc.constant('release' as const), owner }),
  fc.record({
    do: fc.constant('result' as const),
    attempt: fc.nat({ max: 3 }),
    kind: fc.constantFrom('accepted', 'found', 'unknown', 'refused', 'not-sent', 'absent'),
    by: fc.constantFrom('activity', 'workflow', 'settling'),
  }),
);

interface Recorded {
  readonly n: number;
  readonly landed: boolean;
  readonly settledAbsent: boolean;
}

function resultOf(kind: AttemptResult['kind'], commentId: string): AttemptResult {
  switch (kind) {
    case 'accepted':
    case 'found':
      return { kind, commentId };
    case 'refused':
      return { kind, why: 'invalid', code: null, says: 'no' };
    default:
      return { kind, says: kind };
  }
}

test('whatever happens in whatever order, between two comments of ours on a surface stands a definite "there is none"', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const { request, surface, owner: firstOwner } = await readyToSend(ledger());
      const owners: Owner[] = Array.from({ length: OWNERS }, (_, each) => ({
        ...firstOwner,
        cluster: each === 0 ? firstOwner.cluster : `cluster-${each}`,
      }));
      const ownerAt = (index: number): Owner => owners[index] ?? firstOwner;
      /** The epoch that each owner believes to hold. */
      const believed = new Map<number, number>([[0, 1]]);
      let newestEpoch = 1;
      const opened: { attemptId: string; n: number }[] = [];
      const gateFor = async (index: number): Promise<void> => {
        const asked: GateRequest = { ...request, owner: ownerAt(index), epoch: believed.get(index) ?? 1, maxAttempts: 5 };
        const answer = await ledger().gate(asked);
        if (answer.kind === 'open') opened.push(answer);
      };

      for (const each of steps) {
        switch (each.do) {
          case 'claim': {
            const answer = await ledger().claim({ surface, owner: ownerAt(each.owner), surfaceKey: 'k1' });
            if (answer.kind === 'claimed') believed.set(each.owner, answer.epoch);
            if (answer.kind === 'claimed') newestEpoch = answer.epoch;
            break;
          }
          case 'gate':
            await gateFor(each.owner);
            break;
          case 'gate-twice-at-once':
            await Promise.all([gateFor(each.owner), gateFor(each.rival)]);
            break;
          case 'take-over': {
            const expectedEpoch = each.stale ? newestEpoch - 1 : newestEpoch;
            const answer = await ledger().takeOver({ surface, owner: ownerAt(each.owner), expectedEpoch });
            if (answer.kind === 'claimed') believed.set(each.owner, answer.epoch);
            if (answer.kind === 'claimed') newestEpoch = answer.epoch;
            break;
          }
          case 'release':
            await ledger().releaseClaim(surface, ownerAt(each.owner));
            break;
          case 'result': {
            const attempt = opened[each.attempt % Math.max(opened.length, 1)];
            if (attempt) await ledger().recordResult(attempt.attemptId, resultOf(each.kind, `c${attempt.n}`), each.by);
            break;
          }
        }
      }

      const recorded = await rows<Record<string, unknown> & Recorded>(
        `select n,
           exists (select from attempt_records r where r.attempt_id = a.attempt_id and r.result->>'kind' in ('accepted', 'found')) as landed,
           exists (select from attempt_records r where r.attempt_id = a.attempt_id
             and r.result->>'kind' in ('absent', 'refused', 'not-sent')) as "settledAbsent"
         from attempts a where surface_id = $1 order by n`,
        [surface.surfaceId],
      );
      expect(recorded.map((each) => each.n)).toEqual(opened.map((_, index) => index + 1));
      // Every attempt that was followed by another one was said, for certain, to have left nothing.
      for (const earlier of recorded.slice(0, -1)) expect(earlier.settledAbsent).toBe(true);
      // And as long as no such word was false, there is one comment at most.
      const truthful = recorded.every((each) => !(each.landed && each.settledAbsent));
      if (truthful) expect(recorded.filter((each) => each.landed).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
