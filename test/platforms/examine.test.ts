import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeToken, TOKEN_IDS, type TokenFacts, TokenNode } from '../../platforms/meta/examine/token-facts.ts';
import { judgeVersion } from '../../platforms/meta/examine/version.ts';
import { judgeScopes, NEEDED_SCOPES } from '../../platforms/meta/scopes.ts';
import { API_VERSIONS } from '../../platforms/meta/versions.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const seconds = (text: string) => Date.parse(text) / 1_000;
const NEEDED = NEEDED_SCOPES.map(({ scope }) => scope);

function facts(changes: Partial<TokenFacts> = {}): TokenFacts {
  return {
    is_valid: true,
    app_id: '900100',
    type: 'SYSTEM_USER',
    expires_at: 0,
    data_access_expires_at: 0,
    scopes: NEEDED,
    error: null,
    ...changes,
  };
}

function stateOf(id: string, changes: Partial<TokenFacts>) {
  const found = judgeToken(facts(changes), '900100', NOW).find((finding) => finding.id === id);
  if (!found) throw new Error(`no finding ${id}`);
  return found;
}

describe('a token', () => {
  test('that is as it should be has nothing to mend', () => {
    const findings = judgeToken(facts(), '900100', NOW);
    expect(findings.map(({ id }) => id).sort()).toEqual([...TOKEN_IDS].sort());
    expect(findings.every(({ state, mend }) => state === 'ok' && mend === null)).toBe(true);
  });

  test.for([
    ['has ended', '2026-11-21T12:00:00Z', 'wrong'],
    ['ends within two weeks', '2026-12-01T12:00:00Z', 'warning'],
    ['ends in a year', '2027-11-22T12:00:00Z', 'ok'],
  ] as const)('that %s is said to, by its own end and that of access to data', ([, at, state]) => {
    expect(stateOf('credentials.expiry', { expires_at: seconds(at) }).state).toBe(state);
    expect(stateOf('credentials.data-access', { data_access_expires_at: seconds(at) })).toMatchObject({
      state,
      says: expect.stringContaining(at.slice(0, 10)),
    });
  });

  test('of another app, and of a person, are told', () => {
    expect(stateOf('credentials.app', { app_id: '900999' })).toMatchObject({
      state: 'wrong',
      says: expect.stringContaining('900999'),
    });
    expect(stateOf('credentials.holder', { type: 'USER' })).toMatchObject({
      state: 'warning',
      mend: expect.stringContaining('system user'),
    });
  });

  test('about which little is said leaves the rest unchecked, not well', () => {
    const read = TokenNode.parse({ data: { is_valid: true } }).data;
    const states = judgeToken(read, '900100', NOW).map(({ id, state }) => [id, state]);
    expect(Object.fromEntries(states)).toMatchObject({
      'credentials.app': 'not-checked',
      'credentials.expiry': 'not-checked',
      'credentials.rights-needed': 'wrong',
    });
  });
});

describe('permissions', () => {
  test('that are needed are each missed by name; a stronger twin stands in', () => {
    for (const { scope, or = [] } of NEEDED_SCOPES) {
      const without = NEEDED.filter((each) => each !== scope);
      expect(judgeScopes(without).missing.map((each) => each.scope)).toEqual([scope]);
      for (const twin of or) expect(judgeScopes([...without, twin]).missing).toEqual([]);
    }
  });

  test('for messages are never counted among harmless or needed ones', () => {
    const messaging = ['pages_messaging', 'instagram_manage_messages', 'read_page_mailboxes', 'whatsapp_business_messaging'];
    expect(judgeScopes([...NEEDED, ...messaging]).forMessages).toEqual(messaging);
  });

  test('that are granted are each told once: needed, harmless, for messages or beyond', () => {
    const scope = fc.oneof(fc.constantFrom(...NEEDED, 'ads_management', 'pages_messaging', 'leads_retrieval'), fc.string());
    fc.assert(
      fc.property(fc.uniqueArray(scope), (granted) => {
        const { forMessages, beyond, harmless } = judgeScopes(granted);
        const needed = granted.filter((each) => NEEDED.includes(each));
        expect([...needed, ...forMessages, ...beyond, ...harmless].sort()).toEqual([...granted].sort());
      }),
    );
  });
});

describe('the pinned version', () => {
  test.for([
    ['v26.0', 'ok'],
    ['v24.0', 'wrong'],
    ['v20.0', 'wrong'],
    ['v31.0', 'warning'],
  ] as const)('%s is %s on 2026-11-22', ([version, state]) => {
    expect(judgeVersion(version, NOW)).toMatchObject({ id: 'credentials.version', state });
  });

  test('is warned of before it ends, and wrong after', () => {
    expect(judgeVersion('v25.0', new Date('2028-06-15T00:00:00Z')).state).toBe('warning');
    expect(judgeVersion('v25.0', new Date('2028-07-29T12:00:00Z')).state).toBe('warning');
    expect(judgeVersion('v25.0', new Date('2028-07-30T12:00:00Z')).state).toBe('wrong');
  });

  test('is listed newest first, each with an end that is a day', () => {
    const numbers = API_VERSIONS.map(({ version }) => Number(version.slice(1)));
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    for (const { graphUntil, marketingUntil } of API_VERSIONS) {
      for (const day of [graphUntil, marketingUntil]) expect(day ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});
