import type { HttpHeaders } from '../exchange.ts';
import { SYSTEM } from '../graph.ts';
import { readUsage } from '../usage.ts';
import { judged, lookUp, notSeen, type Question } from './question.ts';

const USAGE = /usage|throttle/i;

/** What stands beside an answer. */
export const HEADER_QUESTIONS: readonly Question[] = [
  {
    id: 'usage-headers-ads',
    question: 'Which usage headers does a read of the ad account carry?',
    assumed: 'at least one that the adapter reads',
    usedIn: ['platforms/meta/usage.ts'],
    async ask(asking) {
      const { accountId } = asking.subjects;
      if (accountId === null) return notSeen('no ad account');
      const reply = await lookUp(asking, { node: accountId, params: { fields: 'id' }, as: SYSTEM });
      return reply.kind === 'nothing' ? notSeen(reply.why) : usageIn(reply.headers);
    },
  },
  {
    id: 'usage-headers-page',
    question: 'Which usage headers does a read with a Page’s token carry?',
    assumed: 'at least one that the adapter reads',
    usedIn: ['platforms/meta/usage.ts'],
    async ask(asking) {
      const { pageId } = asking.subjects;
      if (pageId === null) return notSeen('no Page in identities.yaml');
      const reply = await lookUp(asking, { node: pageId, params: { fields: 'id' }, as: { kind: 'page', pageId } });
      return reply.kind === 'nothing' ? notSeen(reply.why) : usageIn(reply.headers);
    },
  },
  {
    id: 'retry-after',
    question: 'Does an answer carry Retry-After?',
    assumed: 'no; how long to wait stands in the usage headers',
    usedIn: ['platforms/meta/usage.ts'],
    async ask(asking) {
      const reply = await lookUp(asking, { node: 'me', params: { fields: 'id' }, as: SYSTEM });
      if (reply.kind === 'nothing') return notSeen(reply.why);
      const there = reply.headers['retry-after'] !== undefined;
      return judged(!there, there ? 'there' : 'not there');
    },
  },
];

function usageIn(headers: HttpHeaders) {
  const names = Object.keys(headers).filter((name) => USAGE.test(name));
  const read = readUsage(headers, { appId: '', accountId: '', pageId: null }).length > 0;
  if (names.length === 0) return judged(false, 'none');
  return judged(read, `${names.join(', ')}${read ? '' : ', none of which can be read'}`);
}
