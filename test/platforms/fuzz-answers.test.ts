import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldName } from '../helpers/field-paths.ts';
import { ALLOWED } from './fuzz-allowed.ts';
import { difference, type Ending, flawOfError, flawOfValue, sameResult } from './fuzz-case.ts';
import { flawOfPublish } from './fuzz-publish.ts';
import {
  called,
  endingWith,
  FORBIDDEN,
  leadsElsewhere,
  type Seen,
  type Sound,
  type Spoilt,
  soundOf,
  spoiltFields,
} from './fuzz-run.ts';
import { type FuzzScene, openFuzzScene, type Verb } from './fuzz-scene.ts';

/** Of the answers that have a field, in so many it is spoilt by every mutation. */
const SOURCES = 1;
/** No single spoilt field makes a verb ask more often than this. */
const MOST_REQUESTS = 12;
const KINDS = ['facebook-post', 'instagram-media'];
const ON_SURFACES = [
  'readSurface',
  'readThread (first page)',
  'readThread (bounded)',
  'readThread (until)',
  'readComment',
  'readComment (hidden)',
  'setHidden',
  'deleteComment',
].flatMap((verb) => KINDS.map((kind) => `${verb} on ${kind}`));

/** A busy machine may need long for thousands of cases. */
const seen: Seen = new Map();
let scene: FuzzScene;
beforeAll(async () => {
  scene = await openFuzzScene();
});
afterAll(async () => {
  await scene.close();
});

function verbsOf(kind: string): readonly Verb[] {
  const verbs = scene.verbs.filter((verb) => verb.kind === kind);
  if (verbs.length === 0) throw new Error(`there is no verb ${kind}`);
  return verbs;
}

/** All cases of a verb; `flawOf` says what is wrong with how one of them ended. */
async function flawsOf(
  kind: string,
  flawOf: (verb: Verb, sound: Sound, spoilt: Spoilt, ending: Ending) => string | null,
): Promise<readonly string[]> {
  const flaws: string[] = [];
  let cases = 0;
  for (const verb of verbsOf(kind)) {
    const sound = await soundOf(scene, verb);
    for (const spoilt of spoiltFields(verb, sound, seen, SOURCES)) {
      cases += 1;
      const { key } = spoilt.exchange;
      const ending = await endingWith(scene, verb, !sound.again.has(key), (each) =>
        each.key === key ? { body: spoilt.body } : null,
      );
      const flaw = flawOf(verb, sound, spoilt, ending) ?? tooManyRequests();
      if (flaw !== null) flaws.push(`${called(verb, spoilt)} ${flaw}`);
    }
  }
  expect(cases).toBeGreaterThan(0);
  return flaws;
}

function tooManyRequests(): string | null {
  const asked = scene.graph.exchanges.length;
  return asked > MOST_REQUESTS ? `asks ${asked} times` : null;
}

/** A value that says the same as ever, or something that the table allows; or an error that a person can act on. */
function flawOfEnding(verb: Verb, sound: Sound, spoilt: Spoilt, ending: Ending): string | null {
  switch (ending.kind) {
    case 'hangs':
      return 'hangs';
    case 'value':
      return flawOfValue(ending.value) ?? flawOfChange(verb, sound, spoilt, ending.value);
    case 'error': {
      const calls = leadsElsewhere(spoilt) ? scene.graph.exchanges : [spoilt.exchange];
      const flaws = calls.map((call) => flawOfError(ending.error, call, call === spoilt.exchange ? spoilt.path : [], FORBIDDEN));
      return flaws.includes(null) ? null : (flaws.at(-1) ?? 'asks nothing');
    }
  }
}

function flawOfChange(verb: Verb, sound: Sound, { path, mutation }: Spoilt, value: unknown): string | null {
  if (sameResult(sound.value, value)) return null;
  const field = fieldName(path);
  const row = ALLOWED.find(
    (each) => each.verb.test(verb.kind) && each.fields.test(field) && (each.mutations?.test(mutation.name) ?? true),
  );
  return row === undefined ? `changes the result: ${difference(sound.value, value)}` : null;
}

describe('a spoilt field of an answer', () => {
  test.for(['resolveAd', 'listAds', 'dailyMetrics', ...ON_SURFACES])(
    'ends %s in a value of the port, or in an error that names call and field and says what to do',
    async (kind) => {
      expect(await flawsOf(kind, flawOfEnding)).toEqual([]);
    },
  );

  // Instagram cannot edit, so nothing is asked there.
  test.for([...KINDS.map((kind) => `publish on ${kind}`), 'publish where comments are off', 'editComment on facebook-post'])(
    'leaves %s open when the platform may have acted, and never makes an id of what is none',
    async (kind) => {
      expect(await flawsOf(kind, (_, sound, spoilt, ending) => flawOfPublish(scene.graph, sound.value, spoilt, ending))).toEqual(
        [],
      );
    },
  );
});

describe('a list that names no authors', () => {
  const READINGS = ['first page', 'bounded', 'until'].flatMap((depth) => KINDS.map((kind) => `readThread (${depth}) on ${kind}`));

  test.for(READINGS)('is not complete when %s meets a comment that bears a sign of ours', async (kind) => {
    for (const verb of verbsOf(kind)) {
      const ending = await endingWith(scene, verb, false, ({ path, body }) =>
        path.endsWith('/comments') ? { body: withoutAuthors(body) } : null,
      );
      expect(ending).toMatchObject({ kind: 'value', value: { own: [], complete: false } });
    }
  });

  function withoutAuthors(body: string): string {
    return JSON.stringify(JSON.parse(body), (key, value) => (key === 'from' || key === 'user' ? undefined : value));
  }
});
