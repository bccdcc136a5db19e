import { describe, expect, it } from 'vitest';
import { filesOfCheckout, type SourceFile, withoutImports } from './source-files.ts';

/**
 * first-comment speaks first and never answers (docs/boundaries.md). The words here belong to answering; sandbox/ may know them
 * because it plays the platform, documents because they say what is not done, tests because they check this very wall.
 */
const ENDPOINTS: readonly RegExp[] = [
  /\/(?:private_)?replies\b/,
  /\/(?:me\/)?messages\b/,
  /\/conversations\b/,
  /\bprivate_repl(?:y|ies)\b/,
  /\bmessaging_type\b|\bthread_settings\b|\bmessenger_profile\b/,
];
const PERMISSIONS: readonly RegExp[] = [
  /\bpages_messaging\w*/,
  /\binstagram_(?:business_)?manage_messages\b/,
  /\bpages_utility_messaging\b|\bread_page_mailboxes\b|\bwhatsapp_business_messaging\b|\bhuman_agent\b/i,
];
/** No number of answers, and no reading of feelings, is ever a result. */
const RESULTS_OF_TALK = /\w*(?:sentiment|inbox|response_?rate|conversation_?count|repl(?:y|ies)_?(?:count|rate|total))\w*/i;

/** Where a comment's number of replies may be read: it decides which of two of ours survives, and nothing else. */
const MAY_SEE_REPLIES = /^(?:platforms\/|domain\/facts\.ts$|domain\/surviv)/;

const IS_WALLED = /^(?!sandbox\/|test\/|docs\/|node_modules\/)/;

function walledFiles(): readonly SourceFile[] {
  return filesOfCheckout(['.ts', '.mjs', '.yaml', '.yml', '.json']).filter(
    ({ path }) => IS_WALLED.test(path) && path !== 'package-lock.json',
  );
}

function matches(patterns: readonly RegExp[], text: string): readonly string[] {
  return patterns.flatMap((pattern) => pattern.exec(withoutImports(text))?.[0] ?? []);
}

describe('the scope wall', () => {
  const files = walledFiles();

  it('looks at all the code', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(files.some(({ room }) => room === 'platforms')).toBe(true);
  });

  it('no source calls an endpoint that replies or writes messages', () => {
    expect(files.flatMap(({ path, text }) => matches(ENDPOINTS, text).map((word) => `${path}: ${word}`))).toEqual([]);
  });

  it('no source asks for a permission to read or write messages', () => {
    expect(files.flatMap(({ path, text }) => matches(PERMISSIONS, text).map((word) => `${path}: ${word}`))).toEqual([]);
  });

  it('no metric, outcome, column or report field counts answers or feelings', () => {
    expect(
      files
        .filter(({ path }) => path !== 'domain/placements.ts' && !path.startsWith('platforms/'))
        .flatMap(({ path, text }) => matches([RESULTS_OF_TALK], text).map((word) => `${path}: ${word}`)),
    ).toEqual([]);
  });

  it('the number of replies is read only where it decides which of two comments of ours stays', () => {
    const readers = files.filter(
      ({ path, text }) => path.endsWith('.ts') && !MAY_SEE_REPLIES.test(path) && /\breplies\b/.test(withoutImports(text)),
    );
    expect(readers.map(({ path }) => path)).toEqual([]);
  });

  it('finds planted breaches', () => {
    const ENDPOINT_LINES = [
      'post(`/17/replies`, text)',
      "'/me/messages'",
      '"private_replies"',
      '`4000001/conversations?fields=id`',
    ];
    for (const line of ENDPOINT_LINES) expect(matches(ENDPOINTS, line), line).not.toEqual([]);
    expect(matches(PERMISSIONS, "scopes: ['pages_manage_engagement', 'pages_messaging']")).toEqual(['pages_messaging']);
    expect(matches([RESULTS_OF_TALK], 'readonly replyCount: number')).toEqual(['replyCount']);
    expect(matches(ENDPOINTS, "import type { RunState } from '../workflows/messages.ts';")).toEqual([]);
  });
});
