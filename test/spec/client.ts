import { createHmac } from 'node:crypto';
import { SECRETS } from './world.ts';

export interface GraphAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface PlainClient {
  call(method: string, path: string, params?: Readonly<Record<string, string>>, pageId?: string): Promise<GraphAnswer>;
}

/** Calls Graph as itself, without the adapter: the system user's token, or that of a Page. */
export function plainClient(url: string): PlainClient {
  const pageTokens = new Map<string, string>();

  async function send(
    method: string,
    path: string,
    params: Readonly<Record<string, string>>,
    token: string,
  ): Promise<GraphAnswer> {
    const proof = createHmac('sha256', SECRETS.appSecret).update(token).digest('hex');
    const form = new URLSearchParams({ ...params, appsecret_proof: proof });
    const address = `${url}/v26.0/${path}${method === 'POST' ? '' : `?${form}`}`;
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(address, { method, headers, ...(method === 'POST' ? { body: form } : {}) });
    return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> };
  }

  async function tokenOf(pageId: string | undefined): Promise<string> {
    if (pageId === undefined) return SECRETS.systemUserToken;
    const known = pageTokens.get(pageId);
    if (known !== undefined) return known;
    const { body } = await send('GET', pageId, { fields: 'access_token' }, SECRETS.systemUserToken);
    pageTokens.set(pageId, String(body.access_token));
    return String(body.access_token);
  }

  return { call: async (method, path, params = {}, pageId) => send(method, path, params, await tokenOf(pageId)) };
}
