import { describe, expect, it } from 'vitest';
import { requestProblems } from './judge.ts';
import { oracleFor } from './oracle.ts';
import type { Exchange } from './recorder.ts';
import { carryOut, VERB_NAMES } from './verbs.ts';
import { recordedSandbox } from './world.ts';

const oracle = oracleFor('adapter');
const seen: Exchange[] = [];

describe('what the adapter sends', () => {
  it.each(VERB_NAMES)('%s asks only for what Meta publishes', async (verb) => {
    const { url, exchanges } = await recordedSandbox();
    await carryOut(verb, url);
    seen.push(...exchanges);
    expect(exchanges.length).toBeGreaterThan(0);
    expect([...new Set(exchanges.flatMap((exchange) => requestProblems(oracle, exchange)))]).toEqual([]);
  });

  it('is seen on both networks, for reading and for writing', () => {
    const calls = new Set(seen.map(({ className, method, endpoint }) => `${className} ${method} ${endpoint}`));
    expect([...calls]).toEqual(
      expect.arrayContaining([
        'Ad GET /',
        'PagePost POST /comments',
        'IGMedia POST /comments',
        'Comment POST /',
        'IGComment POST /',
        'Comment DELETE /',
        'IGComment DELETE /',
      ]),
    );
  });

  it('needs every line of beyond.ts that stands there for it', () => {
    expect(oracle.idleLines()).toEqual([]);
  });
});
