import { describe, expect, it } from 'vitest';
import { filesOfCheckout, withoutComments } from './source-files.ts';

/** What only an adapter (and the sandbox that plays the platform) may know: wire names, headers, hosts and error codes. */
const WIRE_WORDS: readonly RegExp[] = [
  /graph\.facebook\.com|graph\.instagram\.com/,
  /\bfbtrace_id\b|\berror_subcode\b|\berror_user_msg\b|\bOAuthException\b/,
  /x-app-usage|x-business-use-case-usage|x-ad-account-usage/i,
  /\beffective_object_story_id\b|\beffective_instagram_media_id\b|\bis_published\b|\bcan_comment\b/,
  // Error codes and subcodes of Meta: dead token, spam, rate limits, duplicate.
  /\b(?:368|506|80000|80001|80002|80003|80004|80005|80006|80008|80014|1390008|1404006|1404078)\b/,
  /\b(?:code|subcode)\s*===?\s*[1-9]/,
];

const EXCEPTIONS: Readonly<Record<string, string>> = {
  'config/schemas/connections.ts': 'shows the user what a base URL looks like',
  'cli/init/starter-fixed.ts': "writes the user's own connections.yaml",
};

const MAY_KNOW = /^(platforms|sandbox|test|bench|docs|examples)\//;

function wordsIn(text: string): readonly string[] {
  const code = withoutComments(text);
  return WIRE_WORDS.flatMap((pattern) => pattern.exec(code)?.[0] ?? []);
}

describe("a platform's own words", () => {
  it('stay in platforms/ and sandbox/', () => {
    const files = filesOfCheckout(['.ts', '.mjs']).filter(({ path }) => !MAY_KNOW.test(path) && EXCEPTIONS[path] === undefined);
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap(({ path, text }) => wordsIn(text).map((word) => `${path}: ${word}`));
    expect(found).toEqual([]);
  });

  it('are found where they belong, so the search works', () => {
    const inAdapter = filesOfCheckout(['.ts']).filter(
      ({ path, text }) => path.startsWith('platforms/') && wordsIn(text).length > 0,
    );
    expect(inAdapter.length).toBeGreaterThan(2);
    expect(wordsIn('if (error.code === 190) park();')).toEqual(['code === 1']);
    expect(wordsIn('const spam = 368; // and 506')).toEqual(['368']);
  });
});
