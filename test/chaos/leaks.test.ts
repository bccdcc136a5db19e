import { expect, test } from 'vitest';
import { readable } from '../../bench/chaos/leaks.ts';

test('a token inside a payload of a history is found, though the history writes payloads in base64', () => {
  const payload = Buffer.from(JSON.stringify({ says: 'called with EAAhunter2hunter2' })).toString('base64');
  const history = JSON.stringify({
    events: [{ input: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: payload }] } }],
  });
  expect(history).not.toContain('EAAhunter2hunter2');
  expect(readable(history)).toContain('EAAhunter2hunter2');
});
