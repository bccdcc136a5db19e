import { createHmac } from 'node:crypto';

export interface GraphSettings {
  readonly baseUrl: string;
  readonly appSecret: string;
  readonly systemUserToken: string;
  readonly timeoutMs: number;
}

/** The few calls that the script needs. Every failure is an error, and every error is retried. */
export interface Graph {
  /** The post and the media that an ad shows, each with whose token writes there. */
  surfacesOf(adId: string): Promise<readonly { readonly id: string; readonly pageId: string; readonly authorId: string }[]>;
  /** The newest comments of a thread. */
  comments(
    surfaceId: string,
    pageId: string,
  ): Promise<readonly { readonly id: string; readonly authorId: string | null; readonly text: string }[]>;
  comment(surfaceId: string, pageId: string, message: string): Promise<string>;
}

interface AdAnswer {
  readonly creative: {
    readonly effective_object_story_id?: string;
    readonly effective_instagram_media_id?: string;
    readonly instagram_user_id?: string;
    readonly actor_id: string;
  };
}

interface CommentAnswer {
  readonly id: string;
  readonly message?: string;
  readonly text?: string;
  readonly from?: { readonly id: string };
}

export function openGraph({ baseUrl, appSecret, systemUserToken, timeoutMs }: GraphSettings): Graph {
  const pageTokens = new Map<string, string>();

  async function call<T>(method: 'GET' | 'POST', path: string, token: string, params: Record<string, string>): Promise<T> {
    const proof = createHmac('sha256', appSecret).update(token).digest('hex');
    const form = new URLSearchParams({ ...params, appsecret_proof: proof });
    const url = `${baseUrl}/v26.0/${path}`;
    const answer = await fetch(method === 'GET' ? `${url}?${form}` : url, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
      ...(method === 'POST' ? { body: form } : {}),
    });
    const body = (await answer.json()) as { error?: { message: string; code: number } } | null;
    if (!answer.ok || !body || body.error) throw new Error(`${method} ${path}: ${answer.status} ${body?.error?.message ?? ''}`);
    return body as T;
  }

  async function tokenOf(pageId: string): Promise<string> {
    const known = pageTokens.get(pageId);
    if (known) return known;
    const { access_token } = await call<{ access_token: string }>('GET', pageId, systemUserToken, { fields: 'access_token' });
    pageTokens.set(pageId, access_token);
    return access_token;
  }

  return {
    async surfacesOf(adId) {
      const fields = 'creative{effective_object_story_id,effective_instagram_media_id,instagram_user_id,actor_id}';
      const { creative } = await call<AdAnswer>('GET', adId, systemUserToken, { fields });
      const {
        effective_object_story_id: post,
        effective_instagram_media_id: media,
        instagram_user_id,
        actor_id: pageId,
      } = creative;
      return [
        ...(post ? [{ id: post, pageId, authorId: pageId }] : []),
        ...(media ? [{ id: media, pageId, authorId: instagram_user_id ?? pageId }] : []),
      ];
    },
    async comments(surfaceId, pageId) {
      const onFacebook = surfaceId.includes('_');
      const params = onFacebook
        ? { fields: 'id,message,from', order: 'reverse_chronological', filter: 'stream', limit: '50' }
        : { fields: 'id,text,from', limit: '50' };
      const { data } = await call<{ data: CommentAnswer[] }>('GET', `${surfaceId}/comments`, await tokenOf(pageId), params);
      return data.map(({ id, message, text, from }) => ({ id, authorId: from?.id ?? null, text: message ?? text ?? '' }));
    },
    async comment(surfaceId, pageId, message) {
      const { id } = await call<{ id: string }>('POST', `${surfaceId}/comments`, await tokenOf(pageId), { message });
      if (typeof id !== 'string') throw new Error(`POST ${surfaceId}/comments: no id in the answer`);
      return id;
    },
  };
}
