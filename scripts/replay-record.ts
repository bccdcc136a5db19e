// `npm run replay:record [-- -t KIND]`: plays every kind of run against a real Temporal server and keeps its history for the replay test.
import { join } from 'node:path';
import { runNode } from './testing/run-node.ts';

const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const config = join('test', 'replay', 'record.config.ts');
process.exitCode = (await runNode([vitest, 'run', '--config', config, ...process.argv.slice(2)])).code;
