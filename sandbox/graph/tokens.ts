import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Grant } from '../world/schema.ts';
import { SYSTEM_USER, type WorldState } from '../world/state.ts';
import { deadToken, GraphError } from './errors.ts';
import { tasksOn } from './permissions.ts';

/** Whose token a call carries. */
export interface Holder {
  readonly name: string;
  readonly userId: string;
  readonly appId: string;
  readonly token: string;
}

export type Access =
  | { readonly kind: 'user'; readonly holder: Holder; readonly grant: Grant; readonly token: string }
  | { readonly kind: 'page'; readonly pageId: string; readonly holder: Holder; readonly grant: Grant; readonly token: string }
  | { readonly kind: 'app'; readonly token: string };

/** Knows every token of the world: users', those derived for their Pages, and the app's own. */
export class Tokens {
  readonly #state: WorldState;
  readonly #appSecret: string;
  readonly #holders: readonly Holder[];
  readonly #pageTokens = new Map<string, { holder: Holder; pageId: string }>();
  #pagesSeen = -1;

  constructor(state: WorldState, secrets: { readonly appSecret: string; readonly systemUserToken: string }) {
    const { app, system_user: systemUser, other_tokens: others } = state.world;
    this.#state = state;
    this.#appSecret = secrets.appSecret;
    this.#holders = [
      { name: SYSTEM_USER, userId: systemUser.id, appId: app.id, token: secrets.systemUserToken },
      ...others.map((other) => ({ name: other.name, userId: other.user_id, appId: other.app_id, token: other.token })),
    ];
  }

  /** The token with which `holder` speaks as a Page: the same after a restart, unlike any other Page's. */
  pageToken(holder: Holder, pageId: string): string {
    const digest = createHmac('sha256', this.#appSecret).update(`${holder.token} ${pageId}`).digest('base64url');
    return `EAAPage${digest.replace(/[-_]/g, 'Z')}`;
  }

  /**
   * Recognises a token.
   * @throws GraphError 104 without a token, 190 for a dead or unknown one
   */
  recognise(token: string | undefined): Access {
    if (!token) throw new GraphError({ message: '(#104) An access token is required to request this resource.', code: 104 });
    if (same(token, `${this.#state.world.app.id}|${this.#appSecret}`)) return { kind: 'app', token };
    const access = this.lookUp(token);
    if (!access) {
      throw new GraphError(
        { message: 'Invalid OAuth access token - Cannot parse access token', code: 190, error_subcode: 467 },
        400,
        {
          'www-authenticate': 'OAuth "Facebook Platform" "invalid_token" "Invalid OAuth access token."',
        },
      );
    }
    if (access.grant.invalid_subcode !== null) throw deadToken(access.grant.invalid_subcode);
    if (access.kind === 'page' && tasksOn(access, access.pageId) === undefined) throw deadToken(492);
    return access;
  }

  /** A user's or Page's token with what it may do, dead or not. */
  lookUp(token: string): Exclude<Access, { kind: 'app' }> | undefined {
    const holder = this.#holders.find((each) => same(each.token, token));
    if (holder) return { kind: 'user', holder, token, grant: this.#grantOf(holder) };
    this.#derivePageTokens();
    const page = this.#pageTokens.get(token);
    return page && { kind: 'page', ...page, token, grant: this.#grantOf(page.holder) };
  }

  /**
   * Checks `appsecret_proof` = hex HMAC-SHA256(token, app secret).
   * @throws GraphError 100 when it is wrong, or missing although the app requires it
   */
  checkProof(access: Access, proof: string | undefined): void {
    const type = 'GraphMethodException';
    if (proof === undefined) {
      const required = this.#state.world.app.require_appsecret_proof && access.kind !== 'app' && this.#isOurApp(access.holder);
      if (!required) return;
      throw new GraphError({ message: 'API calls from the server require an appsecret_proof argument', type, code: 100 });
    }
    const right = createHmac('sha256', this.#appSecret).update(access.token).digest('hex');
    const valid = same(right, proof) && (access.kind === 'app' || this.#isOurApp(access.holder));
    if (!valid) throw new GraphError({ message: 'Invalid appsecret_proof provided in the API argument', type, code: 100 });
  }

  #isOurApp(holder: Holder): boolean {
    return holder.appId === this.#state.world.app.id;
  }

  #grantOf(holder: Holder): Grant {
    const grant = this.#state.grants.get(holder.name);
    if (!grant) throw new Error(`token ${holder.name} has no grant`);
    return grant;
  }

  #derivePageTokens(): void {
    if (this.#state.count('page') === this.#pagesSeen) return;
    this.#pagesSeen = this.#state.count('page');
    const pages = [...this.#state.all('page')];
    for (const holder of this.#holders) {
      for (const { record } of pages) this.#pageTokens.set(this.pageToken(holder, record.id), { holder, pageId: record.id });
    }
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
