import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLogger, temporalLogger } from '../../worker/logger.ts';

const HELD = 'held-secret/0123456789+"quoted"';
const NEVER_HELD = 'EAAGm0PX4ZCpsBAKZCneverheld';

/** The lines that a logger writes, as text and as the records that they must be. */
function logged(write: (logger: ReturnType<typeof createLogger>) => void): { text: string; records: Record<string, unknown>[] } {
  const folder = mkdtempSync(join(tmpdir(), 'fc-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'log');
  write(createLogger({ level: 'info', secrets: [HELD], file }));
  const text = readFileSync(file, 'utf8');
  const lines = text.trim().split('\n');
  return { text, records: lines.map((line) => JSON.parse(line)) };
}

describe('a log line has no secret', () => {
  test.each([
    'access_token',
    'appsecret_proof',
    'input_token',
    'client_secret',
    'app_secret',
    'fb_exchange_token',
    'Authorization',
  ])('that stands as %s', (name) => {
    const { text, records } = logged((logger) => {
      logger.info(`GET /me?${name}=short1&x=1`);
      logger.info({ [name]: 'short2', beside: 1 }, 'a field');
      logger.info({ [name]: 5_551_234, deep: [{ [name]: { of: 'short3' } }] }, 'a field that is no text');
      logger.info({ body: `{"${name}":"short4"}`, twice: JSON.stringify(`{"${name}":"short5"}`) }, 'text that holds JSON');
      logger.info({ url: `https://x.example/?next=${encodeURIComponent(`/?${name}=short6`)}` }, 'an address in an address');
      logger.error({ err: new Error(`${name}: short7`) }, 'an error');
    });
    expect(text).not.toMatch(/short\d|5551234/);
    expect(records).toHaveLength(6);
    expect(records[1]).toMatchObject({ beside: 1, msg: 'a field' });
  });

  test.each([
    ['that it was told of', HELD],
    ['that it was told of, percent-encoded', encodeURIComponent(HELD)],
    ['of the form of a platform token', NEVER_HELD],
  ])('%s, wherever it stands', (_, secret) => {
    const { text } = logged((logger) => {
      logger.info(`the text ${secret} ends`);
      logger.info({ a: { b: [secret] }, [secret]: 1 }, 'fields');
      temporalLogger(logger).warn('a warning', { error: new Error(`it said ${secret}`) });
    });
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(text.match(/\[secret\]/g)?.length).toBeGreaterThanOrEqual(4);
  });

  test('after Bearer, in a header of its own', () => {
    const { text } = logged((logger) => {
      logger.info({ headers: { authorization: 'Bearer abcdefgh.ijkl', accept: '*/*' } }, 'a call');
      logger.info('sent with Bearer abcdefgh.ijkl');
    });
    expect(text).not.toContain('abcdefgh');
    expect(text).toContain('*/*');
  });

  test('and what is none is left as it was', () => {
    const { records } = logged((logger) => logger.info({ ad: 'meta/act_100200/23850000001', n: 3, none: null }, 'a comment'));
    expect(records).toMatchObject([{ ad: 'meta/act_100200/23850000001', n: 3, none: null, msg: 'a comment' }]);
  });
});
