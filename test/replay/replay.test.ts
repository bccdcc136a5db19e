import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { OUTCOMES, WAITING_REASONS } from '../../domain/outcome.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { createLogger, temporalLogger } from '../../worker/logger.ts';
import { installRuntime } from '../../worker/runtime.ts';
import { BUNDLES } from '../helpers/stage.ts';
import { changedBundle } from './changed-bundle.ts';
import { type KeptHistory, keptHistories } from './histories.ts';

/** What no run of this version comes to. */
const NOT_YET = ['held-out'];

const histories = keptHistories();
const logger = createLogger({ level: 'fatal', secrets: [] });

beforeAll(() => installRuntime(logger, null));

function replay(workflowBundle: WorkflowBundle, { history, workflowId }: KeptHistory): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle }, history, workflowId);
}

describe('the code of today', () => {
  let bundle: WorkflowBundle;
  beforeAll(async () => {
    bundle = await workflowBundle(BUNDLES, temporalLogger(logger));
  });

  test.for(histories)('carries on what was begun as $name', async (kept) => {
    await replay(bundle, kept);
  });
});

describe('a deliberate change', () => {
  test.for([
    {
      what: 'facts are gathered before the survey',
      file: 'workflows/validate.ts',
      find: '  await surveyWhenDue(run);\n',
      replace: '',
      kept: 'visible-one-surface',
    },
    {
      what: 'every run closes the gate before it begins',
      file: 'workflows/first-comment.ts',
      find: '  showDetails(run);\n  const resolved =',
      replace: "  await ledger('close').closeGate({ run: run.ref, by: 'begin' });\n  const resolved =",
      kept: 'unknown-ad',
    },
    {
      what: 'nobody looks before publishing',
      file: 'workflows/publish-surface.ts',
      find: 'const looked = await lookAtThread(run, place, { ...input, wholeThread, generation, afterRestore });',
      replace:
        "const looked = { kind: 'clear', thread: { strangers: { count: 0, earliestAt: null }, readAt: '', complete: true } } as Looked | { kind: 'step'; step: Step };",
      kept: 'refused',
    },
  ])('fails the replay: $what', async ({ kept, ...change }) => {
    const bundle = await changedBundle(change);
    const begun = histories.filter(({ name }) => name.endsWith(`/${kept}`));
    expect(begun).not.toEqual([]);
    for (const each of begun) await expect(replay(bundle, each)).rejects.toThrow(/[Nn]on-?determinis/);
  });
});

describe('the kept histories', () => {
  /** All that the workflows wrote and were told, as text. */
  const words = histories.map(({ history }) => JSON.stringify(decoded(history))).join('\n');

  test.for(OUTCOMES.filter((outcome) => !NOT_YET.includes(outcome)))('hold a run that ended as %s', (outcome) => {
    expect(words.includes(`"outcome":"${outcome}"`)).toBe(true);
  });

  test.for(WAITING_REASONS)('hold a run that waited as %s', (reason) => {
    expect(words.includes(`waits: ${reason}`)).toBe(true);
  });

  test('hold every workflow type', () => {
    const index = readFileSync(join(import.meta.dirname, '../../workflows/index.ts'), 'utf8');
    const types = [...index.matchAll(/export \{ (\w+) \}/g)].map(([, type]) => type);
    const kept = histories.map(({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name);
    expect([...new Set(kept)].sort()).toEqual(types.sort());
  });
});

/** The payloads of a history as the JSON that they are. */
function decoded(value: unknown): unknown {
  if (value instanceof Uint8Array) return readPayload(value);
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, decoded(each)]));
}

function readPayload(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
