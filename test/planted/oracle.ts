import type { Fault } from './fault.ts';

/** What the published shapes and the sandbox are held to. */
export const ORACLE: readonly Fault[] = [
  {
    id: 'spec-adapter-field',
    what: 'The adapter misspells a field (spec oracle)',
    edits: [{ file: 'platforms/meta/surface-nodes.ts', find: "'id,permalink_url,", replace: "'id,permalink_link," }],
    tests: ['test/spec/adapter.test.ts'],
    named: 'readSurface asks only',
  },
  {
    id: 'spec-both-agree',
    what: 'Adapter and sandbox agree on a field that does not exist (spec oracle)',
    edits: [
      { file: 'platforms/meta/surface-nodes.ts', find: "'id,permalink_url,", replace: "'id,permalink_link," },
      { file: 'sandbox/graph/views/post.ts', find: 'permalink_url: () =>', replace: 'permalink_link: () =>' },
    ],
    tests: ['test/spec/adapter.test.ts', 'test/spec/sandbox.test.ts'],
    named: 'Meta publishes',
  },
  {
    id: 'spec-adapter-parameter',
    what: 'Adapter and sandbox agree on a parameter that does not exist (spec oracle)',
    edits: [
      {
        file: 'platforms/meta/publish.ts',
        find: 'params: { message: request.text,',
        replace: "params: { idempotency_key: '1', message: request.text,",
      },
      {
        file: 'sandbox/graph/parameters.ts',
        find: "'POST /{post}/comments': ['message',",
        replace: "'POST /{post}/comments': ['idempotency_key', 'message',",
      },
    ],
    tests: ['test/spec/adapter.test.ts', 'test/spec/sandbox.test.ts'],
    named: 'Meta publishes',
  },
  {
    id: 'spec-adapter-reads',
    what: 'The adapter reads a field that is never there (spec oracle)',
    edits: [{ file: 'platforms/meta/creative-node.ts', find: 'website_url: Url,', replace: 'web_site_url: Url,' }],
    tests: ['test/spec/adapter.test.ts'],
    named: 'what the adapter reads',
  },
  {
    id: 'spec-unknown-parameter',
    what: 'The sandbox accepts unknown parameters (spec oracle)',
    edits: [
      {
        file: 'sandbox/graph/parameters.ts',
        find: 'if (stranger === undefined) return;',
        replace: 'if (stranger !== null) return;',
      },
    ],
    tests: ['test/spec/sandbox.test.ts'],
    named: 'what the sandbox refuses',
  },
  {
    id: 'spec-answer-type',
    what: 'The sandbox answers with another type than is published (spec oracle)',
    edits: [
      {
        file: 'sandbox/graph/views/comment.ts',
        find: 'comment_count: () => json(repliesTo(comment, scene)),',
        replace: 'comment_count: () => json(String(repliesTo(comment, scene))),',
      },
    ],
    tests: ['test/spec/sandbox.test.ts'],
    named: 'every object of the example',
  },
  {
    id: 'feed-escape',
    what: 'The feed puts texts of the world into its page as they are',
    edits: [
      {
        file: 'sandbox/feed/html.ts',
        find: "if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));",
        replace: "if (typeof part === 'string' || typeof part === 'number') return String(part) || escapeText('');",
      },
    ],
    tests: ['test/sandbox/feed.test.ts'],
    named: 'escapes',
  },
];
