import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rival, survivorOf, whyStays } from '../../domain/survivor.ts';

const rival: fc.Arbitrary<Rival> = fc.record({
  commentId: fc.integer({ min: 1, max: 40 }).map((number) => `4000002_77_${number}`),
  hidden: fc.boolean(),
  replies: fc.constantFrom(0, 0, 1, 7),
  createdAt: fc.integer({ min: 0, max: 5 }).map((second) => `2026-11-21T10:00:0${second}.000Z`),
});
const rivals = fc
  .uniqueArray(rival, { minLength: 1, maxLength: 6, selector: (each) => each.commentId })
  .map((each) => each as [Rival, ...Rival[]]);

const one = (changes: Partial<Rival>): Rival => ({
  commentId: '1_5',
  hidden: false,
  replies: 0,
  createdAt: '2026-11-21T10:00:00.000Z',
  ...changes,
});

describe('of several comments of ours', () => {
  test.each([
    [
      'the visible one stays, however late it came',
      one({ createdAt: '2026-11-21T11:00:00.000Z' }),
      one({ hidden: true, replies: 3 }),
    ],
    ['then the one with replies', one({ createdAt: '2026-11-21T11:00:00.000Z', replies: 1 }), one({ commentId: '1_4' })],
    ['then the earlier one', one({ commentId: '1_9' }), one({ commentId: '1_4', createdAt: '2026-11-21T10:00:01.000Z' })],
    ['then the one with the smaller id, by number', one({ commentId: '1_9' }), one({ commentId: '1_10' })],
    ['more replies weigh no more than one', one({ replies: 1 }), one({ commentId: '1_6', replies: 9 })],
  ])('%s', (_, stays, goes) => {
    expect(survivorOf([stays, goes])).toBe(stays);
    expect(survivorOf([goes, stays])).toBe(stays);
  });

  test('the same one stays in whatever order they are read', () => {
    fc.assert(
      fc.property(rivals, fc.integer(), (each, seed) => {
        const [first, ...more] = [...each].sort((a, b) => Math.sin(seed + a.commentId.length) - Math.sin(seed * 3 + b.replies));
        expect(survivorOf([first as Rival, ...more]).commentId).toBe(survivorOf(each).commentId);
      }),
    );
  });

  test('the one that stays also stays when any of the others is gone already: a repair can end half-way and begin anew', () => {
    fc.assert(
      fc.property(rivals, fc.nat(), (each, index) => {
        const stays = survivorOf(each);
        const others = each.filter((other) => other !== stays);
        others.splice(index % Math.max(1, others.length), 1);
        expect(survivorOf([stays, ...others])).toBe(stays);
      }),
    );
  });

  test('none that goes is better by any rule while it is equal by those before', () => {
    fc.assert(
      fc.property(rivals, (each) => {
        const stays = survivorOf(each);
        for (const other of each) {
          if (!other.hidden) expect(stays.hidden).toBe(false);
          if (other.hidden !== stays.hidden) continue;
          if (other.replies > 0) expect(stays.replies).toBeGreaterThan(0);
          if (other.replies > 0 !== stays.replies > 0) continue;
          expect(stays.createdAt <= other.createdAt).toBe(true);
        }
      }),
    );
  });

  test('the reason is the first rule by which they differ', () => {
    expect(whyStays(one({}), one({ hidden: true }))).toBe('people can see it');
    expect(whyStays(one({ replies: 2 }), one({ commentId: '1_6' }))).toBe('it has replies');
    expect(whyStays(one({}), one({ commentId: '1_6', createdAt: '2026-11-21T10:00:01.000Z' }))).toBe('it was there first');
    expect(whyStays(one({}), one({ commentId: '1_6' }))).toBe('its id is the smaller one');
  });
});
