import type { Scenario } from './scenario.ts';
import { SCENARIOS_AFTERWARDS } from './scenarios-afterwards.ts';
import { SCENARIOS_OF_RUNS } from './scenarios-of-runs.ts';

export const SCENARIOS: readonly Scenario[] = [...SCENARIOS_OF_RUNS, ...SCENARIOS_AFTERWARDS];
