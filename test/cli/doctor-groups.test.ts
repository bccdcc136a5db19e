import { expect, test } from 'vitest';
import { createContext } from '../../cli/context.ts';
import { examineAll, GROUPS } from '../../cli/doctor/examine.ts';
import { admit, type Group } from '../../cli/doctor/patient.ts';
import { examinationText } from '../../cli/doctor/print.ts';

const patient = admit(createContext(false), { probe: false, workerHealth: null });
const fine = { id: 'quick.first', state: 'ok', says: 'There.', mend: null } as const;

function group(name: string, examine: Group['examine'], timeoutMs = 60_000): Group {
  return { name, timeoutMs, examine };
}

test('a group that never ends gives what it has told and a finding, and is told to stop; the others are not kept waiting for it', async () => {
  let stopped = false;
  const hanging = group(
    'hanging',
    (_patient, tell, signal) => {
      tell([{ ...fine, id: 'hanging.first' }]);
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return new Promise(() => undefined);
    },
    50,
  );
  const done: string[] = [];
  const quick = group('quick', async (_patient, tell) => tell([fine]));
  const { checks, late } = await examineAll(patient, (name) => done.push(name), [hanging, quick]);
  expect(checks.map(({ id, state }) => [id, state])).toEqual([
    ['hanging.first', 'ok'],
    ['hanging.in-time', 'wrong'],
    ['quick.first', 'ok'],
  ]);
  expect([late, stopped, done]).toEqual([true, true, ['quick', 'hanging']]);
});

test('what nobody foresaw in a group is a finding of it, in one line', async () => {
  const broken = group('broken', async () => {
    throw new Error('two\nlines');
  });
  const { checks, late } = await examineAll(patient, () => undefined, [broken]);
  expect(checks).toEqual([
    {
      id: 'broken.examined',
      group: 'broken',
      state: 'wrong',
      says: expect.stringContaining('two lines'),
      mend: expect.any(String),
    },
  ]);
  expect(late).toBe(false);
});

test('for people the groups come in order, what was not looked at for one reason is one line, and the count is last', () => {
  const none = (id: string) => ({ id, group: 'temporal', state: 'not-checked', says: 'Not there.', mend: null }) as const;
  const text = examinationText([
    { ...fine, group: 'config' },
    { id: 'temporal.reachable', group: 'temporal', state: 'wrong', says: 'Nobody answers.', mend: 'npm start' },
    none('temporal.version'),
    none('temporal.namespace'),
  ]);
  expect(text.split('\n').filter((line) => line !== '')).toEqual([
    'config',
    expect.stringContaining('There.'),
    'temporal',
    expect.stringContaining('Nobody answers.'),
    '    → npm start',
    expect.stringContaining('Not there. Not looked at: version, namespace.'),
    '1 ok, 0 warning, 1 wrong, 2 not checked',
  ]);
  expect(GROUPS.map(({ name }) => name)).toEqual([
    'config',
    'credentials',
    'identities',
    'temporal',
    'database',
    'clock',
    'worker',
  ]);
});
