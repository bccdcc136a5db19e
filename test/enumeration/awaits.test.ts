import { describe, expect, test } from 'vitest';
import { awaitsOfCode, uncovered } from './awaits.ts';

describe('the list of awaits', () => {
  const awaits = awaitsOfCode();
  const named = awaits.map(({ file, what }) => `${file} ${what}`);

  test('is read off the code', () => {
    expect(named).toEqual(
      expect.arrayContaining([
        'activities/publish.ts ledger.gate',
        'activities/publish.ts platform.publish',
        'activities/runs.ts runs.isOpen',
        'activities/settle.ts platform.readThread',
        'workflows/publish-surface.ts publishing(…)',
        'workflows/publish-surface.ts settling(…)',
      ]),
    );
    expect(named.filter((each) => each.includes('absenceProvable'))).toEqual([]);
  });

  test('tells which of them no place is in', () => {
    const gate = awaits.find(({ what }) => what === 'ledger.gate');
    const all = awaits.map(({ file, line }) => `${file}:${line}`);
    expect(uncovered(awaits, all)).toEqual([]);
    const others = all.filter((site) => site !== `${gate?.file}:${gate?.line}`);
    expect(uncovered(awaits, [...others, null])).toEqual([gate]);
  });
});
