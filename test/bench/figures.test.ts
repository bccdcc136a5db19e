import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cpuSeconds } from '../../bench/cpu-time.ts';
import { type BatchResult, type Kind, steadyRate } from '../../bench/overhead/batch.ts';
import { figuresOf, type Round, shortcomings } from '../../bench/overhead/figures.ts';

function batch(kind: Kind, change: Partial<BatchResult> = {}): BatchResult {
  const cpu = { worker: 10, server: 20, postgres: 1, sandbox: 1 };
  return { kind, runsPerSecond: 10, events: 40, bytes: 1_000, cpu, unexpected: {}, longest: 'a-run', ...change };
}

function round(bare: number, one: number, change: Partial<BatchResult> = {}): Round {
  return {
    bare: batch('bare', { runsPerSecond: bare }),
    one: batch('one', { runsPerSecond: one, ...change }),
    two: batch('two', { runsPerSecond: 2 }),
  };
}

describe('the figures', () => {
  test('compare each batch with the bare one of its own round, and take the median', () => {
    const figures = figuresOf([round(20, 10), round(10, 8), round(40, 12)]);
    expect(figures).toMatchObject({ bareRunsPerSecond: 20, one: { runsPerSecond: 10, ratio: 0.5 }, two: { ratio: 0.1 } });
  });

  test('name the longest history of all rounds', () => {
    expect(figuresOf([round(20, 10, { events: 41 }), round(20, 10, { events: 48 })]).one.events).toBe(48);
  });

  test('fall short when a history is over its budget or a run ended otherwise than visible', () => {
    const good = [round(20, 10, { events: 55 })];
    expect(shortcomings(figuresOf(good), good)).toEqual([]);
    const bad = [round(20, 10, { events: 56, unexpected: { 'hidden: so said the platform': 2 } })];
    expect(shortcomings(figuresOf(bad), bad)).toEqual([
      expect.stringMatching(/56 events .* at most 55/),
      '2 run(s) of "one" ended hidden: so said the platform',
    ]);
  });
});

describe('the rate of a batch', () => {
  test('counts the ends between the first wave and the last start', () => {
    const waves = [0, 0, 100, 100, 200, 200, 300, 300, 9_000, 9_000];
    expect(steadyRate(waves, 2)).toBeCloseTo(20);
  });

  test('cannot be told from a batch that is never steady', () => {
    expect(() => steadyRate([1, 2, 3, 4], 2)).toThrow(/too small/);
  });
});

test('CPU time is told of a process that runs, where the system tells it, and of no other', () => {
  expect(cpuSeconds(process.pid)).toEqual(existsSync('/proc/self/stat') ? expect.any(Number) : null);
  expect(cpuSeconds(2 ** 30)).toBeNull();
});
