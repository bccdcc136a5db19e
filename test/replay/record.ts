// Not a test of the suite: `npm run replay:record` runs it, to keep the histories of the present version.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { stageForThisFile } from '../helpers/stage.ts';
import { keepHistory } from './histories.ts';
import { KINDS } from './kinds.ts';

const stage = stageForThisFile({ timing: { surveyEveryMs: 1 } });

afterEach(() => stage().sandbox.clearFaults());

test.for(Object.entries(KINDS))('the history of the kind %s is kept', async ([name, play]) => {
  const workflowIds = await play(stage());
  expect(workflowIds).not.toEqual([]);
  for (const [index, workflowId] of workflowIds.entries()) {
    const suffix = workflowIds.length === 1 ? '' : `-${index + 1}`;
    await keepHistory(minorVersion(), `${name}${suffix}`, stage().temporal.workflow.getHandle(workflowId));
  }
});

/** Histories are kept per minor version: within one, a patch must be able to carry on what another patch began. */
function minorVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  return version.split('.').slice(0, 2).join('.');
}
