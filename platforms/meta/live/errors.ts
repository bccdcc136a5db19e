import { SYSTEM } from '../graph.ts';
import { judged, lookUp, notSeen, type Question } from './question.ts';

/** No object of the Graph API has this id. */
const NOBODYS_ID = '999999999999999999';

/** How the platform says no. */
export const ERROR_QUESTIONS: readonly Question[] = [
  {
    id: 'error-missing-object',
    question: 'With which HTTP status and code does a read of an id that does not exist end?',
    assumed: 'HTTP 400 with code 100/33; the code decides, the status does not',
    usedIn: ['platforms/meta/error-table.ts', 'platforms/meta/answer.ts'],
    async ask(asking) {
      const reply = await lookUp(asking, { node: NOBODYS_ID, params: { fields: 'id' }, as: SYSTEM });
      if (reply.kind === 'nothing') return notSeen(reply.why);
      if (reply.kind === 'body') return judged(false, `HTTP ${reply.status} with a body`);
      return judged(reply.code === '100/33' && reply.status === 400, `HTTP ${reply.status} with code ${reply.code}`);
    },
  },
  {
    id: 'error-dead-token',
    question: 'With which HTTP status and code does a call with a token that is none end?',
    assumed: 'code 190 with any subcode, HTTP 400 or 401',
    usedIn: ['platforms/meta/error-table.ts', 'platforms/meta/graph.ts'],
    async ask(asking) {
      const reply = await lookUp(asking, { node: 'me', params: { fields: 'id' }, as: { kind: 'nobody' } });
      if (reply.kind === 'nothing') return notSeen(reply.why);
      if (reply.kind === 'body') return judged(false, `HTTP ${reply.status} with a body`);
      const fits = /^190(\/|$)/.test(reply.code) && [400, 401].includes(reply.status);
      return judged(fits, `HTTP ${reply.status} with code ${reply.code}`);
    },
  },
  {
    id: 'error-unknown-field',
    question: 'Does a field that does not exist fail the whole read?',
    assumed: 'yes, HTTP 400 with code 100',
    usedIn: ['platforms/meta/ad-node.ts', 'platforms/meta/surface-nodes.ts'],
    async ask(asking) {
      const [node] = asking.subjects.adIds;
      if (node === undefined) return notSeen('no ad');
      const reply = await lookUp(asking, { node, params: { fields: 'id,first_comment_asks' }, as: SYSTEM });
      if (reply.kind === 'nothing') return notSeen(reply.why);
      if (reply.kind === 'body') return judged(false, 'the field was left out without a word');
      return judged(/^100(\/|$)/.test(reply.code), `HTTP ${reply.status} with code ${reply.code}`);
    },
  },
];
