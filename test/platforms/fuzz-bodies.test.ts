import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tampered } from '../helpers/tampering-graph.ts';
import { flawOfError, flawOfValue } from './fuzz-case.ts';
import { flawOfPublish } from './fuzz-publish.ts';
import { endingWith, FORBIDDEN, type Sound, type Spoilt, soundOf, spoiltFields } from './fuzz-run.ts';
import { type FuzzScene, openFuzzScene, type Verb } from './fuzz-scene.ts';

/** A busy machine may need long for hundreds of cases. */
let scene: FuzzScene;
beforeAll(async () => {
  scene = await openFuzzScene();
});
afterAll(async () => {
  await scene.close();
});

/** Each verb once, on the first ad or surface. */
function verbsOnce(): readonly Verb[] {
  return scene.verbs.filter(({ kind }, index) => scene.verbs.findIndex((other) => other.kind === kind) === index);
}

/** What is sent ends in a value, whatever comes back; every other verb in an error where the answer does not fit. */
function sends({ kind }: Verb): boolean {
  return kind.startsWith('publish') || kind.startsWith('editComment');
}

describe('an answer that is no Graph answer', () => {
  const BODIES: readonly (readonly [string, (sound: string) => Tampered])[] = [
    ['nothing', () => ({ status: 200, body: '' })],
    ['no content', () => ({ status: 204, body: '' })],
    [
      'a page of a proxy',
      () => ({ status: 200, body: '<p>Jane Roe asks: sign in</p>', headers: { 'content-type': 'text/html' } }),
    ],
    ['a redirect', () => ({ status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } })],
    ['half of it', (sound) => ({ body: sound.slice(0, -2) })],
    ['twice itself', (sound) => ({ body: sound + sound })],
    ['UTF-16', (sound) => ({ body: Buffer.from(sound, 'utf16le') })],
    [
      'compressed bytes that nobody asked for',
      () => ({ body: Buffer.from([0x1f, 0x8b, 8, 0]), headers: { 'content-encoding': 'gzip' } }),
    ],
    ['five megabytes', (sound) => ({ status: 200, body: sound.padEnd(5 * 1024 * 1024) })],
    ['an error without a code', () => ({ status: 400, body: '{"error":{"message":"Jane Roe asks: why?"}}' })],
    ['an error that is a text', () => ({ status: 200, body: '{"error":"Jane Roe asks: why?"}' })],
  ];

  test.for(BODIES)('ends every verb as it should when it is %s', async ([, spoil]) => {
    const flaws: string[] = [];
    for (const verb of verbsOnce()) {
      const { exchanges, again, value } = await soundOf(scene, verb);
      for (const exchange of exchanges) {
        const { key, body } = exchange;
        const ending = await endingWith(scene, verb, !again.has(key), (each) => (each.key === key ? spoil(body) : null));
        const flaw = sends(verb)
          ? flawOfPublish(scene.graph, value, { exchange, path: [] }, ending)
          : ending.kind === 'error'
            ? flawOfError(ending.error, exchange, [], FORBIDDEN)
            : `ends as ${ending.kind}`;
        if (flaw !== null) flaws.push(`${verb.name}: ${exchange.method} ${exchange.path} ${flaw}`);
      }
    }
    expect(flaws).toEqual([]);
  });
});

describe('an answer about another object than the one asked for', () => {
  test('is an error of every verb, but for a post or media that the creative names by another string', async () => {
    const flaws: string[] = [];
    let cases = 0;
    for (const verb of verbsOnce()) {
      const { exchanges, again } = await soundOf(scene, verb);
      const nodes = exchanges.filter(({ method, path, status }) => method === 'GET' && status === 200 && !path.includes('/'));
      for (const exchange of nodes) {
        const { key } = exchange;
        const body = JSON.stringify({
          ...(JSON.parse(exchange.body) as object),
          id: exchange.path.replace(/.$/, (digit) => (digit === '7' ? '8' : '7')),
        });
        const ending = await endingWith(scene, verb, !again.has(key), (each) => (each.key === key ? { body } : null));
        const named = verb.kind === 'resolveAd' && exchange.params.get('fields')?.includes('permalink') === true;
        if (named || sends(verb)) continue;
        cases += 1;
        const flaw = ending.kind === 'error' ? flawOfError(ending.error, exchange, ['id'], FORBIDDEN) : `ends as ${ending.kind}`;
        if (flaw !== null) flaws.push(`${verb.name}: GET ${exchange.path} ${flaw}`);
      }
    }
    expect(cases).toBeGreaterThan(20);
    expect(flaws).toEqual([]);
  });
});

describe('a list that comes to no end', () => {
  const LIST = /\/(?:comments|insights)$/;
  const LOOPS: readonly (readonly [string, (rows: readonly unknown[], page: number) => Tampered])[] = [
    ['the same page under the same cursor', (rows) => pageOf(rows, 'same')],
    ['the same page under ever new cursors', (rows, page) => pageOf(rows, `c${page}`)],
    ['empty pages under ever new cursors', (_, page) => pageOf([], `c${page}`)],
  ];
  const READING = ['readThread (until)', 'readThread (bounded)', 'readThread (first page)', 'readComment'];
  const LISTS = ['dailyMetrics', ...READING.flatMap((verb) => [`${verb} on facebook-post`, `${verb} on instagram-media`])];

  test.for(LOOPS)('(%s) is given up after a bounded number of pages', async ([, spoil]) => {
    for (const verb of scene.verbs.filter(({ kind }) => LISTS.includes(kind))) {
      const { exchanges } = await soundOf(scene, verb);
      const first = exchanges.find(({ path }) => LIST.test(path));
      if (first === undefined) throw new Error(`${verb.name} reads no list`);
      const { data } = JSON.parse(first.body) as { readonly data: readonly unknown[] };
      let pages = 0;
      const ending = await endingWith(scene, verb, false, ({ path }) => {
        if (!LIST.test(path)) return null;
        pages += 1;
        return spoil(data, pages);
      });
      expect(pages, verb.name).toBeLessThanOrEqual(1_000);
      if (verb.kind === 'dailyMetrics') {
        const error = ending.kind === 'error' ? ending.error : ending;
        expect(flawOfError(error, first, ['paging', 'cursors', 'after'], FORBIDDEN)).toBeNull();
      } else {
        expect(ending, verb.name).toMatchObject({ kind: 'value' });
      }
      // Half a thread proves nothing, least of all that our comment is not there.
      if (verb.kind.startsWith('readThread (until)')) expect(ending).toMatchObject({ value: { complete: false } });
    }
  });

  function pageOf(data: readonly unknown[], after: string): Tampered {
    const next = 'https://graph.example/?access_token=hunter2hunter2';
    return { status: 200, body: JSON.stringify({ data, paging: { cursors: { after }, next } }) };
  }
});

test('several fields spoilt at once end in a value of the port or an error of ours', async () => {
  const all: { readonly verb: Verb; readonly sound: Sound; readonly spoilt: readonly Spoilt[] }[] = [];
  for (const verb of verbsOnce()) {
    const sound = await soundOf(scene, verb);
    const spoilt = [...spoiltFields(verb, sound, new Map(), 1)].filter(({ mutation }) => mutation.heavy !== true);
    // Instagram's comments cannot be edited, so nothing is asked there.
    if (spoilt.length > 0) all.push({ verb, sound, spoilt });
  }
  const choice = fc.constantFrom(...all).chain(({ verb, sound, spoilt }) =>
    fc.record({
      verb: fc.constant(verb),
      sound: fc.constant(sound),
      spoilt: fc.subarray([...spoilt], { minLength: 2, maxLength: 6 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(choice, async ({ verb, sound, spoilt }) => {
      const bodies = new Map(spoilt.map(({ exchange, body }) => [exchange.key, body]));
      const fresh = [...bodies.keys()].some((key) => !sound.again.has(key));
      const ending = await endingWith(scene, verb, fresh, ({ key }) => {
        const body = bodies.get(key);
        return body === undefined ? null : { body };
      });
      if (ending.kind === 'error') {
        const flaws = scene.graph.exchanges.map((call) => flawOfError(ending.error, call, [], FORBIDDEN));
        expect(flaws).toContain(null);
      } else {
        expect(ending.kind).toBe('value');
        if (ending.kind === 'value') expect(flawOfValue(ending.value)).toBeNull();
      }
    }),
    { numRuns: 100 },
  );
});
