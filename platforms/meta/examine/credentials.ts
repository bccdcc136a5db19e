import type { Finding } from '../../examiner.ts';
import { classify } from '../classify.ts';
import type { Graph, LookOutcome } from '../graph.ts';
import { SYSTEM } from '../graph.ts';
import { finding, refused } from './finding.ts';
import { judgeToken, TOKEN_IDS, TokenNode } from './token-facts.ts';
import { judgeVersion } from './version.ts';

const NO_ACCOUNT = 'doctor';
const CHECK_ADDRESS = 'Check baseUrl in connections.yaml and the network.';
const START_SANDBOX = `${CHECK_ADDRESS} The sandbox starts with: npm start (or first-comment sandbox).`;

/** Version, reach, the two secrets together, and what the platform says of the token. */
export async function examineCredentials(
  graph: Graph,
  settings: { readonly appId: string; readonly graphVersion: string; readonly baseUrl: string },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const context = { accountId: NO_ACCOUNT, signal };
  const now = new Date();
  const version = judgeVersion(settings.graphVersion, now);
  const [own, me] = await Promise.all([
    graph.lookAtOwnToken(context),
    graph.look({ node: 'me', params: { fields: 'id' }, as: SYSTEM, context }),
  ]);
  if (own.kind === 'failed' && me.kind === 'failed') {
    const says = `${settings.baseUrl} does not answer (${me.why}).`;
    const rest = ['credentials.proof', ...TOKEN_IDS].map((id) => finding(id, 'not-checked', 'The platform does not answer.'));
    // Only the sandbox may be spoken to over plain http.
    const mend = settings.baseUrl.startsWith('http:') ? START_SANDBOX : CHECK_ADDRESS;
    return [version, finding('credentials.reachable', 'wrong', says, mend), ...rest];
  }
  const reachable = finding('credentials.reachable', 'ok', `${settings.baseUrl} answers.`);
  return [version, reachable, judgeProof(me), ...tokenFindings(own, me, settings.appId, now)];
}

/** A call of the system user's own that is let through shows that token and app secret belong together. */
function judgeProof(me: LookOutcome): Finding {
  const id = 'credentials.proof';
  if (me.kind === 'failed') return finding(id, 'not-checked', `The platform gave no answer (${me.why}).`);
  const { answer } = me;
  if (answer.kind === 'body') return finding(id, 'ok', 'Calls signed with the app secret are accepted.');
  if (answer.kind === 'unreadable') return refused(id, 'A signed call', answer);
  const means = classify(answer.fault);
  if (means === 'auth') return finding(id, 'not-checked', 'A dead token shows nothing about the app secret.');
  if (means !== 'invalid') return refused(id, 'A signed call', answer);
  const says = 'The signature made with the app secret is refused: the secret and the token are not of one app.';
  return finding(id, 'wrong', says, 'Set the app secret of the app that the token was made for.');
}

function tokenFindings(own: LookOutcome, me: LookOutcome, appId: string, now: Date): readonly Finding[] {
  if (own.kind === 'answered' && own.answer.kind === 'body') {
    const read = TokenNode.safeParse(own.answer.body);
    if (read.success) return judgeToken(read.data.data, appId, now);
    return unasked(finding('credentials.token', 'warning', 'What the platform says of the token cannot be read.', 'Report it.'));
  }
  const meIsDead = me.kind === 'answered' && me.answer.kind === 'fault' && classify(me.answer.fault) === 'auth';
  const mend = 'Set the app secret that belongs to appId in connections.yaml; both stand in the app’s basic settings.';
  const says = 'The platform does not take app id and app secret together, so the token cannot be inspected.';
  return unasked(finding('credentials.token', 'wrong', meIsDead ? `${says} The token itself is refused too.` : says, mend));
}

function unasked(first: Finding): readonly Finding[] {
  const rest = TOKEN_IDS.filter((id) => id !== first.id);
  return [first, ...rest.map((id) => finding(id, 'not-checked', 'The platform tells nothing of this token.'))];
}
