import type { World } from '../world/schema.ts';
import type { WorldState } from '../world/state.ts';
import { GraphError } from './errors.ts';
import { accountIdOf, pageOf } from './permissions.ts';
import type { GraphCall } from './scene.ts';

type UseCase = 'pages' | 'instagram' | 'ads_management' | 'ads_insights';

/** What a usage header says: percentages and minutes. */
export interface UsageNumbers {
  readonly call_count: number;
  readonly total_cputime: number;
  readonly total_time: number;
  readonly estimated_time_to_regain_access: number;
}

/** A limit of its own: one use case of one Page, Instagram account or ad account. */
export interface Bucket {
  readonly subject: string;
  readonly useCase: UseCase;
}

const CLOSED_CODES: Record<UseCase, number> = { ads_insights: 80000, pages: 80001, instagram: 80002, ads_management: 80004 };

/** Whose limit a call draws on; `undefined` for calls that only count for the app. */
export function bucketOf(call: GraphCall, state: WorldState): Bucket | undefined {
  const [id = '', edge] = call.path.split('/');
  const node = state.find(id === '' ? (call.params.ids?.split(',')[0] ?? '') : id);
  if (!node) return undefined;
  const accountId = accountIdOf(state, node);
  if (accountId !== undefined)
    return { subject: accountId.slice(4), useCase: edge === 'insights' ? 'ads_insights' : 'ads_management' };
  const page = pageOf(state, node)?.record;
  const onInstagram =
    node.kind === 'media' || node.kind === 'instagram' || (node.kind === 'comment' && node.record.network === 'instagram');
  if (onInstagram) return { subject: page?.instagram_business_account ?? node.record.id, useCase: 'instagram' };
  return page && { subject: page.id, useCase: 'pages' };
}

/** Counts calls per bucket and window, and says so in Meta's headers. */
export class UsageMeter {
  readonly #settings: World['usage'];
  readonly #counts = new Map<string, { since: number; calls: number }>();

  constructor(settings: World['usage']) {
    this.#settings = settings;
  }

  /** Draws on a bucket. @throws GraphError 8000x when a growing bucket is full */
  draw(bucket: Bucket | undefined, now: number): void {
    if (!bucket) return;
    const key = keyOf(bucket);
    const count = this.#counts.get(key);
    const windowMs = this.#settings.window_seconds * 1_000;
    const open = count !== undefined && now - count.since < windowMs ? count : { since: now, calls: 0 };
    open.calls += 1;
    this.#counts.set(key, open);
    if (this.#settings.mode === 'growing' && open.calls > this.#settings.calls_to_full) {
      const code = CLOSED_CODES[bucket.useCase];
      throw new GraphError({ message: `(#${code}) There have been too many calls to this ${bucket.useCase} account.`, code });
    }
  }

  headers(bucket: Bucket | undefined, now: number): Record<string, string> {
    const numbers = this.#numbers(bucket, now);
    return usageHeaders(bucket, numbers);
  }

  #numbers(bucket: Bucket | undefined, now: number): UsageNumbers {
    const low = { call_count: 1, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: 0 };
    const count = bucket && this.#counts.get(keyOf(bucket));
    if (this.#settings.mode === 'low' || !count) return low;
    const percent = Math.min(100, Math.floor((100 * count.calls) / this.#settings.calls_to_full));
    const leftMs = count.since + this.#settings.window_seconds * 1_000 - now;
    const minutes = count.calls > this.#settings.calls_to_full ? Math.ceil(leftMs / 60_000) : 0;
    return { call_count: percent, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: minutes };
  }
}

/** The headers for given numbers: the app's, and the business use case's when a bucket is known. */
export function usageHeaders(bucket: Bucket | undefined, numbers: UsageNumbers): Record<string, string> {
  const headers = { 'x-app-usage': JSON.stringify({ call_count: 1, total_time: 1, total_cputime: 1 }) };
  if (!bucket) return headers;
  const tier = bucket.useCase.startsWith('ads_') ? { ads_api_access_tier: 'standard_access' } : {};
  const entry = { type: bucket.useCase, ...numbers, ...tier };
  return { ...headers, 'x-business-use-case-usage': JSON.stringify({ [bucket.subject]: [entry] }) };
}

function keyOf(bucket: Bucket): string {
  return `${bucket.subject} ${bucket.useCase}`;
}
