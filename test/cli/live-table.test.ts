import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLiveTable } from '../../cli/start/live-table.ts';
import { wholeTable } from '../../cli/start/run-rows.ts';
import { OUTCOMES, type Outcome, STAGES, WAITING_REASONS } from '../../domain/outcome.ts';
import type { RunState } from '../../workflows/messages.ts';
import { tinyTerminal } from './tiny-terminal.ts';

const nameOf = (index: number) => `meta/act_100200/${23850000001 + index}`;
const namesOf = (count: number) => Array.from({ length: count }, (_, index) => nameOf(index));

function run(index: number, changes: Partial<RunState> = {}): RunState {
  return {
    ad: { platform: 'meta', accountId: 'act_100200', adId: String(23850000001 + index) },
    adName: null,
    marketId: 'de-DE',
    patternId: 'next-step',
    stage: 'validate',
    wait: null,
    surfaces: [],
    outcome: null,
    says: 'the facts of its surfaces are gathered and judged by every guardrail',
    ...changes,
  };
}

const ended = (index: number, outcome: Outcome) => run(index, { stage: 'baseline', outcome, says: 'it has ended' });

const waiting = (index: number, reason: (typeof WAITING_REASONS)[number]) =>
  run(index, { wait: { reason, key: 'k', says: 'somebody must look at it', until: null, needsHuman: true } });

test('On a terminal of 80 by 24 forty runs stay on one screen: counts, and the runs that still move', () => {
  const out = tinyTerminal(80, 24);
  const table = createLiveTable(namesOf(40), out);
  for (let index = 0; index < 40; index += 1) table.show(index, run(index));
  for (let index = 0; index < 30; index += 1) table.show(index, ended(index, index % 3 === 0 ? 'blocked' : 'visible'));
  table.show(35, waiting(35, 'awaiting-approval'));
  expect(out.scrolledOff()).toEqual([]);
  expect(out.screen()[0]).toBe('30 of 40 ended · 10 running · 10 blocked · 20 visible');
  const rows = out.screen().filter((line) => line.startsWith('meta/'));
  expect(rows.map((line) => line.slice(0, nameOf(0).length))).toEqual([35, 30, 31, 32, 33, 34, 36, 37, 38, 39].map(nameOf));
  expect(rows[0]).toContain('awaiting-approval');
});

test('What does not fit is counted', () => {
  const out = tinyTerminal(80, 24);
  const table = createLiveTable(namesOf(40), out);
  for (let index = 0; index < 40; index += 1) table.show(index, run(index));
  const rows = out.screen().filter((line) => line.startsWith('meta/'));
  expect(out.screen().filter(Boolean).at(-1)).toBe(`and ${40 - rows.length} more`);
  expect(rows.length).toBeGreaterThan(15);
});

test('Few runs are all shown, with their ends', () => {
  const out = tinyTerminal(120, 24);
  const table = createLiveTable(namesOf(12), out);
  for (let index = 0; index < 12; index += 1) table.show(index, ended(index, 'visible'));
  expect(out.screen().filter((line) => line.startsWith('meta/') && line.includes('visible'))).toHaveLength(12);
});

test('At the end every run stands there once, and nothing of the redraws is left above', () => {
  const out = tinyTerminal(100, 24);
  const table = createLiveTable(namesOf(40), out);
  for (let index = 0; index < 40; index += 1) table.show(index, run(index));
  for (let index = 0; index < 40; index += 1) table.show(index, ended(index, 'visible'));
  table.finish();
  const all = [...out.scrolledOff(), ...out.screen()].filter((line) => line.startsWith('meta/'));
  expect(all.map((line) => line.slice(0, nameOf(0).length))).toEqual(namesOf(40));
});

test('Whatever happens, on whatever terminal, no redraw scrolls and no line wraps', () => {
  const step = fc.record({
    index: fc.nat(59),
    stage: fc.constantFrom(...STAGES),
    outcome: fc.option(fc.constantFrom(...OUTCOMES), { freq: 1 }),
    reason: fc.option(fc.constantFrom(...WAITING_REASONS)),
    says: fc.string({ maxLength: 200 }),
  });
  const sizes = fc.record({ columns: fc.integer({ min: 40, max: 200 }), lines: fc.integer({ min: 8, max: 40 }) });
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 60 }),
      fc.array(step, { maxLength: 60, size: 'max' }),
      ({ columns, lines }, count, steps) => {
        const out = tinyTerminal(columns, lines);
        const table = createLiveTable(namesOf(count), out);
        for (const { index, stage, outcome, reason, says } of steps) {
          const wait = reason && { reason, key: 'k', says, until: null, needsHuman: false };
          table.show(index % count, run(index % count, { stage, outcome, wait, says }));
          expect(out.scrolledOff()).toEqual([]);
        }
        expect(out.tooLong()).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

test('Where nobody looks at a terminal each change is one line', () => {
  const written: string[] = [];
  const out = { isTTY: false, columns: 80, rows: 24, write: (text: string) => written.push(text) };
  const table = createLiveTable(namesOf(2), out);
  table.show(0, run(0));
  table.show(0, run(0, { says: 'the same to look at' }));
  table.show(1, waiting(1, 'throttled'));
  table.show(0, ended(0, 'covered'));
  expect(written.map((line) => line.replaceAll(/\s+/g, ' ').trim())).toEqual([
    `${nameOf(0)} de-DE next-step validate`,
    `${nameOf(1)} de-DE next-step validate (throttled)`,
    expect.stringMatching(`${nameOf(0)} de-DE next-step baseline .*covered`),
  ]);
});

test('Where nobody watches the table at the end cuts no reason and pads no line', () => {
  const says = `A reason that goes on ${'and on '.repeat(30)}to its end.`;
  const runs = [
    { name: nameOf(0), state: { ...ended(0, 'blocked'), says } },
    { name: nameOf(1), state: ended(1, 'visible') },
  ];
  const lines = wholeTable(runs, Number.POSITIVE_INFINITY).split('\n');
  expect(lines.some((line) => line.endsWith(says))).toBe(true);
  expect(lines.filter((line) => / $/.test(line))).toEqual([]);
});
