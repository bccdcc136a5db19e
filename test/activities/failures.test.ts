import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { FAILURE } from '../../activities/failure-contract.ts';
import { notYet, translated } from '../../activities/failures.ts';
import { PLATFORM_ERROR_KINDS, PlatformError, type PlatformErrorKind } from '../../platforms/platform.ts';

async function failureOf(kind: PlatformErrorKind, retryAfterMs: number | null = null, attempt = 1): Promise<ApplicationFailure> {
  const error = new PlatformError({ kind, platform: 'meta', message: `it was ${kind}`, retryAfterMs });
  try {
    await new MockActivityEnvironment({ attempt }).run(() => translated(() => Promise.reject(error)));
  } catch (failure) {
    if (failure instanceof ApplicationFailure) return failure;
  }
  throw new Error('an ApplicationFailure was expected');
}

describe('an error of a platform', () => {
  test('that only means "not now" tells the workflow how long', async () => {
    expect(await failureOf('throttled', 240_000)).toMatchObject({
      type: FAILURE.throttled,
      nonRetryable: true,
      details: [{ retryAfterMs: 240_000 }],
    });
    expect((await failureOf('throttled')).details).toEqual([{ retryAfterMs: 60_000 }]);
  });

  test('about the token asks for credentials', async () => {
    expect(await failureOf('auth')).toMatchObject({ type: FAILURE.credentials, nonRetryable: true });
  });

  test.for(['permission', 'invalid', 'policy', 'not-found'] as const)('that says %s is a refusal', async (kind) => {
    expect(await failureOf(kind)).toMatchObject({ type: FAILURE.refused, nonRetryable: true, message: `it was ${kind}` });
  });

  test.for(['schema', 'transient', 'unknown-outcome'] as const)('that says %s is read again', async (kind) => {
    expect(await failureOf(kind)).toMatchObject({ nonRetryable: false, message: `it was ${kind}` });
  });

  test('that an answer does not fit its schema is a refusal when it stays so', async () => {
    expect(await failureOf('schema', null, 4)).toMatchObject({ nonRetryable: false });
    expect(await failureOf('schema', null, 5)).toMatchObject({
      type: FAILURE.refused,
      nonRetryable: true,
      message: 'it was schema',
    });
  });

  test('that an answer does not fit once, after many polls, is read again before anything follows from it', async () => {
    let reads = 0;
    const answer = await new MockActivityEnvironment({ attempt: 40 }).run(() =>
      translated(async () => {
        reads += 1;
        if (reads < 3) throw new PlatformError({ kind: 'schema', platform: 'meta', message: 'a page of a proxy' });
        return 'right again';
      }),
    );
    expect(answer).toBe('right again');
  });

  test('of every kind becomes a failure that Temporal understands', async () => {
    for (const kind of PLATFORM_ERROR_KINDS) expect(await failureOf(kind)).toBeInstanceOf(ApplicationFailure);
  });
});

describe('translated', () => {
  test('leaves an answer and any other error as they are', async () => {
    expect(await translated(async () => 7)).toBe(7);
    const error = new Error('the database does not answer');
    await expect(translated(() => Promise.reject(error))).rejects.toBe(error);
  });
});

test('what is not there yet is looked for again after the given time', () => {
  expect(notYet('no ids', 1_500)).toMatchObject({ type: FAILURE.notYet, nonRetryable: false, nextRetryDelay: 1_500 });
});
