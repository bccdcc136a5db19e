import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox, type WorldSeed } from '../../sandbox/server.ts';

export const SECRETS = { appSecret: 'small-world-app-secret', systemUserToken: 'small-world-system-user-token' };
export const PAGE = '4000001';
export const POST = '4000001_5500001';
export const MEDIA = '179000000001';
export const AD = '23850000001';

/** One ad on one post and one media. */
export function smallWorld(changes: Partial<WorldSeed> = {}): WorldSeed {
  return {
    app: { id: '900100', require_appsecret_proof: false },
    system_user: { id: '700100' },
    ad_accounts: [{ id: 'act_100200', name: 'Small' }],
    pages: [{ id: PAGE, name: 'Small UK', market: 'en-GB', instagram_business_account: '17840000001' }],
    instagram_accounts: [{ id: '17840000001', username: 'small_uk' }],
    campaigns: [{ id: '2380000001', account_id: 'act_100200', name: 'GB_PROSPECTING' }],
    ad_sets: [{ id: '2381000001', campaign_id: '2380000001', name: 'GB', targeting: { geo_locations: { countries: ['GB'] } } }],
    creatives: [
      {
        id: '2382000001',
        account_id: 'act_100200',
        actor_id: PAGE,
        effective_object_story_id: POST,
        effective_instagram_media_id: MEDIA,
      },
    ],
    ads: [{ id: AD, name: 'Ad', adset_id: '2381000001', creative_id: '2382000001' }],
    posts: [{ id: POST, message: 'Woven.' }],
    media: [{ id: MEDIA, instagram_account_id: '17840000001' }],
    ...changes,
  };
}

/** An answer of the sandbox: its status, headers and JSON. Tests read the JSON by path. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  at(...path: readonly (string | number)[]): unknown;
}

export interface CallOptions {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly token?: string;
  readonly proof?: string;
}

/** A running sandbox with the calls that tests make; it is closed when the test ends. */
export async function running(world: WorldSeed = smallWorld(), options: Partial<SandboxOptions> = {}) {
  const sandbox = await startSandbox({ port: 0, world, secrets: SECRETS, ...options });
  onTestFinished(() => sandbox.close());
  return { sandbox, ...callsOf(sandbox) };
}

export function callsOf(sandbox: Sandbox) {
  const call = async (path: string, options: CallOptions = {}): Promise<Answer> => {
    const body = options.form
      ? new URLSearchParams(options.form)
      : options.json === undefined
        ? undefined
        : JSON.stringify(options.json);
    const headers: Record<string, string> = options.json === undefined ? {} : { 'content-type': 'application/json' };
    if (options.token !== '') headers.authorization = `Bearer ${options.token ?? SECRETS.systemUserToken}`;
    const url = new URL(path, sandbox.url);
    if (options.proof) url.searchParams.set('appsecret_proof', options.proof);
    const response = await fetch(url, { method: options.method ?? 'GET', headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      at: (...steps) =>
        steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], JSON.parse(text)),
    };
  };
  const pageToken = async (pageId = PAGE) => String((await call(`/v26.0/${pageId}?fields=access_token`)).at('access_token'));
  /** Writes a comment as the Page and gives its id. */
  const comment = async (message: string, surface = POST): Promise<string> => {
    const form = { message };
    const answer = await call(`/v26.0/${surface}/comments`, { method: 'POST', form, token: await pageToken() });
    return String(answer.at('id'));
  };
  const arm = (fault: unknown) => call('/control/faults', { method: 'POST', json: fault });
  /** What stands on a surface, by the control API. */
  const standing = async (surface = POST): Promise<number> => {
    const answer = await call(`/control/comments?objectId=${surface}`);
    return (answer.at('comments') as unknown[]).length;
  };
  return { call, pageToken, comment, arm, standing };
}

export function proofOf(token: string): string {
  return createHmac('sha256', SECRETS.appSecret).update(token).digest('hex');
}
