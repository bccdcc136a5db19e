import { expect, test } from 'vitest';
import { type Summary, summaryText } from '../../cli/start/summary.ts';

const SUMMARY: Summary = {
  runs: 1,
  asExpected: 1,
  outcomes: { visible: 1 },
  surfaces: { visible: 1 },
  comments: 1,
  published: 1,
  duplicatesAtEnd: 0,
  seconds: 1,
  temporalUi: null,
  feed: null,
};
const FEED = 'http://127.0.0.1:7070/feed';
const UI = 'http://127.0.0.1:8233/namespaces/default/workflows';

test('the summary names the pages of a stack that stays up', () => {
  const text = summaryText({ ...SUMMARY, temporalUi: UI, feed: FEED }, []);
  expect(text).toContain(`Temporal UI   ${UI}\n  Sandbox feed  ${FEED}`);
  expect(text).not.toContain('go down');
});

test('the summary says that pages go down only when none stays up', () => {
  expect(summaryText(SUMMARY, [])).toContain('go down now');
  const half = summaryText({ ...SUMMARY, feed: FEED }, []);
  expect(half).toContain(`Temporal UI   none that stays up\n  Sandbox feed  ${FEED}`);
  expect(half).not.toContain('go down');
});
