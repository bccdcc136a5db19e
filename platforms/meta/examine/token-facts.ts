import { z } from 'zod';
import type { Finding } from '../../examiner.ts';
import { formatCode } from '../classify.ts';
import { maybe } from '../fields.ts';
import { judgeScopes } from '../scopes.ts';
import { finding } from './finding.ts';

/** What Meta says of a token (`debug_token`). No published specification has it; the shape is long known. */
export const TokenNode = z.object({
  data: z.object({
    is_valid: z.boolean(),
    app_id: maybe(z.union([z.string(), z.number()]).transform(String)),
    type: maybe(z.string()),
    /** Seconds since 1970; 0 = never. */
    expires_at: maybe(z.number()),
    data_access_expires_at: maybe(z.number()),
    scopes: z.array(z.string()).catch([]),
    error: maybe(z.object({ code: z.number().int(), subcode: z.number().int().optional().catch(undefined) })),
  }),
});
export type TokenFacts = z.infer<typeof TokenNode>['data'];

const SOON_DAYS = 14;
const RENEW = 'Make a new token for the system user in the Business settings and set it in the environment; restart the workers.';

/** Every finding about the token from what Meta says of it. */
export function judgeToken(facts: TokenFacts, appId: string, now: Date): readonly Finding[] {
  return [validity(facts), appFits(facts, appId), holder(facts), ...rights(facts), ...ends(facts, now)];
}

/** The ids of these findings, for when nobody could ask. */
export const TOKEN_IDS = [
  'credentials.token',
  'credentials.app',
  'credentials.holder',
  'credentials.rights-needed',
  'credentials.rights-beyond',
  'credentials.expiry',
  'credentials.data-access',
] as const;

function validity({ is_valid: valid, error }: TokenFacts): Finding {
  if (valid) return finding('credentials.token', 'ok', 'The token is valid.');
  const code = error === null ? '' : ` (code ${formatCode({ code: error.code, error_subcode: error.subcode })})`;
  return finding('credentials.token', 'wrong', `The token is dead${code}.`, RENEW);
}

function appFits({ app_id: found }: TokenFacts, wanted: string): Finding {
  const id = 'credentials.app';
  if (found === null) return finding(id, 'not-checked', 'The platform does not say which app the token belongs to.');
  if (found === wanted) return finding(id, 'ok', `The token belongs to app ${wanted}.`);
  const says = `The token belongs to app ${found}, connections.yaml names ${wanted}.`;
  return finding(id, 'wrong', says, 'Correct appId in connections.yaml, or take a token of that app.');
}

function holder({ type }: TokenFacts): Finding {
  const id = 'credentials.holder';
  if (type === null) return finding(id, 'not-checked', 'The platform does not say whose token it is.');
  if (type === 'SYSTEM_USER') return finding(id, 'ok', 'It is the token of a system user.');
  const says = `It is a token of type ${type.slice(0, 30)}, which dies with a person's password, role or session.`;
  return finding(id, 'warning', says, 'Take the token of a system user.');
}

function rights({ scopes, is_valid: valid }: TokenFacts): readonly Finding[] {
  const [needed, beyond] = ['credentials.rights-needed', 'credentials.rights-beyond'];
  if (!valid && scopes.length === 0) {
    return [needed, beyond].map((id) => finding(id, 'not-checked', 'A dead token tells nothing of its rights.'));
  }
  const report = judgeScopes(scopes);
  const missing = report.missing.map(({ scope, verbs }) => `${scope} (${verbs.join('; ')})`).join(', ');
  const grant = `Grant it to the app in the Business settings and make a new token: ${report.missing.map(({ scope }) => scope).join(', ')}.`;
  return [
    report.missing.length === 0
      ? finding(needed, 'ok', 'All permissions that first-comment needs are granted.')
      : finding(needed, 'wrong', `Missing: ${missing}.`, grant),
    excess(beyond, report),
  ];
}

function excess(id: string, { forMessages, beyond, harmless }: ReturnType<typeof judgeScopes>): Finding {
  const without = (scopes: readonly string[]) => `Make a token without ${scopes.join(', ')}.`;
  if (forMessages.length > 0) {
    const says = `The token opens messages (${forMessages.join(', ')}). first-comment never reads or writes messages and must not hold that right.`;
    return finding(id, 'warning', says, without([...forMessages, ...beyond]));
  }
  if (beyond.length > 0) return finding(id, 'warning', `Granted but not needed: ${beyond.join(', ')}.`, without(beyond));
  const also = harmless.length === 0 ? '' : ` Usual company, though no call needs it: ${harmless.join(', ')}.`;
  return finding(id, 'ok', `Nothing beyond what is needed is granted, and no right to messages.${also}`);
}

function ends({ expires_at: token, data_access_expires_at: data }: TokenFacts, now: Date): readonly Finding[] {
  return [
    end('credentials.expiry', 'The token', token, now),
    end('credentials.data-access', "The app's access to data", data, now),
  ];
}

function end(id: string, what: string, seconds: number | null, now: Date): Finding {
  if (seconds === null) return finding(id, 'not-checked', `The platform does not say when ${what.toLowerCase()} ends.`);
  if (seconds === 0) return finding(id, 'ok', `${what} does not expire.`);
  const at = new Date(seconds * 1_000);
  const days = Math.floor((at.getTime() - now.getTime()) / 86_400_000);
  const on = at.toISOString().slice(0, 16).replace('T', ' ');
  if (days < 0) return finding(id, 'wrong', `${what} ended on ${on} UTC.`, RENEW);
  return days <= SOON_DAYS
    ? finding(id, 'warning', `${what} ends on ${on} UTC, in ${days} days.`, RENEW)
    : finding(id, 'ok', `${what} ends on ${on} UTC, in ${days} days.`);
}
