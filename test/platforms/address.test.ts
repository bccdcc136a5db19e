import { expect, test } from 'vitest';
import { graphAddress } from '../../platforms/meta/settings.ts';

const graphVersion = 'v26.0';

test('tokens leave this machine over https only', () => {
  expect(graphAddress({ baseUrl: 'https://graph.facebook.com', graphVersion }).origin).toBe('https://graph.facebook.com');
  expect(() => graphAddress({ baseUrl: 'http://graph.facebook.com', graphVersion })).toThrow('would send tokens unencrypted');
  expect(() => graphAddress({ baseUrl: 'http://127.0.0.1.example:7070', graphVersion })).toThrow('would send tokens unencrypted');
});

test('plain http stays on loopback, and reaches another container only where it is allowed by name', () => {
  for (const baseUrl of ['http://127.0.0.1:7070', 'http://localhost:7070', 'http://[::1]:7070']) {
    expect(graphAddress({ baseUrl, graphVersion }).origin).toBe(baseUrl);
  }
  expect(() => graphAddress({ baseUrl: 'http://sandbox:7070', graphVersion })).toThrow('use https');
  expect(graphAddress({ baseUrl: 'http://sandbox:7070', graphVersion, plainHttp: true }).origin).toBe('http://sandbox:7070');
});

test('an address says scheme, host and port, and a version is one of the Graph API', () => {
  expect(() => graphAddress({ baseUrl: 'graph.facebook.com', graphVersion })).toThrow('not a web address');
  expect(() => graphAddress({ baseUrl: 'https://graph.facebook.com/v1?x=1', graphVersion })).toThrow(
    'only scheme, host and port',
  );
  expect(() => graphAddress({ baseUrl: 'https://graph.facebook.com', graphVersion: '26' })).toThrow('not a Graph API version');
});
