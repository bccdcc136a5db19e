import { expect, test } from 'vitest';
import type { Figures } from '../../bench/chaos/figures.ts';
import { runNode } from '../../scripts/testing/run-node.ts';

test('sixty ads under faults, crashes and kills of every server end as promised: never twice, never lost, nothing wrong', async () => {
  const { code, stdout } = await runNode(['bench/chaos/main.ts', '--ads', '60', '--seed', '1', '--json'], { collect: true });
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Figures;
  expect(figures).toMatchObject({
    ads: 60,
    duplicatesEver: 0,
    duplicatesAtEnd: 0,
    lost: 0,
    wrong: 0,
    sentWhileClosed: 0,
    notWithdrawn: 0,
    falselyUnconfirmed: 0,
    tokensLeaked: 0,
    findings: {},
    hanging: [],
  });
  // It was no quiet run.
  expect(figures.comments).toBeGreaterThan(50);
  expect(figures.settled).toBeGreaterThan(10);
  expect(figures.publishFaultKinds).toBeGreaterThan(20);
  expect(figures.crashPoints.length).toBeGreaterThan(5);
  expect(figures.orders).toBeGreaterThan(0);
  expect(figures.stalls.worker).toBeGreaterThan(0);
  expect(code).toBe(0);
});
