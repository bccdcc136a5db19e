import { expect, test } from 'vitest';
import { judgeClocks, type Skew } from '../../cli/doctor/clock-group.ts';

const ahead = (seconds: number): Skew => ({ aheadMs: seconds * 1_000 });
const unknown: Skew = { why: 'nobody there' };

test.for([
  ['all agree', ahead(0.2), ahead(-1), ['ok', 'ok'], ''],
  ['the database is ahead of both', ahead(75), ahead(0), ['wrong', 'ok'], "The database's is the one that is off"],
  ['the platform is a little behind', ahead(0), ahead(-45), ['ok', 'warning'], "The platform's is the one that is off"],
  ['both are ahead of us', ahead(80), ahead(79), ['wrong', 'wrong'], "This machine's is the one that is off"],
  ['both are behind us', ahead(-80), ahead(-79), ['wrong', 'wrong'], "This machine's is the one that is off"],
  [
    'one is ahead, one is behind: each is off',
    ahead(80),
    ahead(-80),
    ['wrong', 'wrong'],
    "The database's is the one that is off",
  ],
  ['only one can be asked: nobody knows who is off', ahead(80), unknown, ['wrong', 'not-checked'], ''],
  ['none can be asked', unknown, unknown, ['not-checked', 'not-checked'], ''],
] as const)('%s', ([, database, platform, states, culprit]) => {
  const findings = judgeClocks(database, platform);
  expect(findings.map(({ state }) => state)).toEqual(states);
  const said = findings.map(({ says }) => says).join(' ');
  if (culprit === '') expect(said).not.toContain('is the one that is off');
  else expect(said).toContain(culprit);
});
