import { ANSWERS } from './answers.ts';
import type { Fault } from './fault.ts';
import { ORACLE } from './oracle.ts';
import { ORDERS } from './orders.ts';
import { PROTOCOL } from './protocol.ts';
import { RULES } from './rules.ts';
import { SURFACES } from './surfaces.ts';
import { SURVEYS } from './surveys.ts';
import { SWEEPS } from './sweeps.ts';

/** Every fault that is planted, in the order of the printed table. */
export const FAULTS: readonly Fault[] = [
  ...PROTOCOL,
  ...ORDERS,
  ...ANSWERS,
  ...SURFACES,
  ...SURVEYS,
  ...SWEEPS,
  ...RULES,
  ...ORACLE,
];
