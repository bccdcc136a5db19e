import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectionOf } from '../../config/connection.ts';
import { readSecret, readSettings } from '../../config/environment.ts';
import type { Profile } from '../../domain/brand.ts';
import { UserError } from '../../domain/user-error.ts';

describe('settings', () => {
  test('have defaults for everything', () => {
    expect(readSettings({})).toEqual({
      databaseUrl: null,
      brandFolder: resolve('examples/brightloom'),
      profile: 'sandbox',
      home: resolve('.first-comment'),
      cluster: 'local',
      temporalPort: 7233,
      temporalUiPort: 8233,
      sandboxPort: 7070,
      sandboxUrl: null,
      logLevel: 'info',
      temporalCliPath: null,
    });
  });

  test('take what the environment says; an empty variable counts as absent', () => {
    const settings = readSettings({
      FIRST_COMMENT_SANDBOX_PORT: '0',
      FIRST_COMMENT_TEMPORAL_PORT: '17233',
      LOG_LEVEL: '',
      FIRST_COMMENT_HOME: '/x',
    });
    expect(settings).toMatchObject({ sandboxPort: 0, temporalPort: 17233, logLevel: 'info', home: '/x' });
  });

  test.each([
    ['FIRST_COMMENT_SANDBOX_PORT', '70700'],
    ['FIRST_COMMENT_TEMPORAL_PORT', 'abc'],
    ['FIRST_COMMENT_TEMPORAL_UI_PORT', '-1'],
    ['FIRST_COMMENT_PROFILE', 'Prod uction'],
    ['FIRST_COMMENT_CLUSTER', 'a/b'],
    ['FIRST_COMMENT_SANDBOX_URL', 'ftp://elsewhere'],
    ['DATABASE_URL', 'mysql://user:very-secret@host/db'],
    ['LOG_LEVEL', 'loud'],
  ])('refuse a %s that does not fit, by its name and without its value', (name, value) => {
    const read = () =>
      readSettings({ [name]: value, FIRST_COMMENT_TEMPORAL_PORT: name === 'FIRST_COMMENT_TEMPORAL_PORT' ? value : '1' });
    expect(read).toThrow(UserError);
    expect(read).toThrow(new RegExp(`${name}: write `));
    expect(read).not.toThrow(new RegExp(value));
  });

  test('name all variables that do not fit at once', () => {
    expect(() => readSettings({ LOG_LEVEL: 'loud', FIRST_COMMENT_CLUSTER: '!' })).toThrow(
      /FIRST_COMMENT_CLUSTER: .*\n.*LOG_LEVEL: /,
    );
  });
});

describe('a secret', () => {
  test('is read by its name', () => {
    expect(readSecret('META_APP_SECRET', { META_APP_SECRET: 's3cret\n' })).toBe('s3cret');
  });

  test.each([{}, { META_APP_SECRET: ' ' }])('that is not set is told by its name', (variables) => {
    expect(() => readSecret('META_APP_SECRET', variables)).toThrow(UserError);
    expect(() => readSecret('META_APP_SECRET', variables)).toThrow(/Set the environment variable META_APP_SECRET/);
  });
});

describe('the connection of a profile', () => {
  function profile(name: string, baseUrl: string): Profile {
    const meta = {
      baseUrl,
      graphVersion: 'v26.0',
      appId: '1',
      appSecretEnv: 'A',
      systemUserTokenEnv: 'B',
      sendAdIdOnInstagram: true,
    };
    return { name, meta, timingScale: 1 };
  }
  const brand = {
    profiles: {
      sandbox: profile('sandbox', 'http://127.0.0.1:7070'),
      production: profile('production', 'https://graph.example'),
    },
  };
  const here = { profile: 'sandbox', sandboxPort: 9000, sandboxUrl: null };

  test("follows the sandbox's port and, before it, its URL", () => {
    expect(connectionOf(brand, here).meta.baseUrl).toBe('http://127.0.0.1:9000');
    expect(connectionOf(brand, { ...here, sandboxUrl: 'http://sandbox:7070/' }).meta.baseUrl).toBe('http://sandbox:7070');
  });

  test('of another profile cannot be moved by the environment', () => {
    const moved = { ...here, profile: 'production', sandboxUrl: 'http://sandbox:7070' };
    expect(connectionOf(brand, moved).meta.baseUrl).toBe('https://graph.example');
  });

  test('of another profile refuses plain http', () => {
    const plain = { profiles: { staging: profile('staging', 'http://127.0.0.1:7070') } };
    expect(() => connectionOf(plain, { ...here, profile: 'staging' })).toThrow(/plain http/);
  });

  test.each(['productoin', 'toString', '__proto__'])('of an unknown profile %s is refused', (name) => {
    expect(() => connectionOf(brand, { ...here, profile: name })).toThrow(/no profile .*FIRST_COMMENT_PROFILE/);
  });
});
