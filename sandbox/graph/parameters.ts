import { invalidParameter } from './errors.ts';
import type { Params } from './scene.ts';

const LIST = ['fields', 'limit', 'after'] as const;
const PAGE_OF_ADS = ['effective_status', 'updated_since', ...LIST] as const;

/**
 * Every parameter that the sandbox understands, by call. What stands here is acted upon; anything else is refused, so that a
 * misspelt name shows. Graph itself would ignore it.
 */
export const PARAMETERS = {
  'GET /{node}': ['fields'],
  'GET /?ids=': ['ids', 'fields'],
  'POST /': ['batch', 'include_headers'],
  'GET /me': ['fields'],
  'GET /me/accounts': LIST,
  'GET /{system-user}/assigned_pages': LIST,
  'GET /debug_token': ['input_token'],
  'GET /{account}/ads': PAGE_OF_ADS,
  'GET /{campaign}/ads': PAGE_OF_ADS,
  'GET /{ad-set}/ads': PAGE_OF_ADS,
  'GET /{ad}/insights': [
    'time_range',
    'date_preset',
    'time_increment',
    'breakdowns',
    'level',
    'use_unified_attribution_setting',
    ...LIST,
  ],
  'GET /{post}/comments': ['order', 'filter', 'live_filter', 'since', 'summary', ...LIST],
  'GET /{post}/dynamic_posts': LIST,
  'GET /{media}/comments': LIST,
  'GET /{facebook-comment}/comments': LIST,
  'GET /{instagram-comment}/replies': LIST,
  'POST /{post}/comments': ['message', 'fields'],
  'POST /{media}/comments': ['message', 'ad_id', 'fields'],
  'POST /{facebook-comment}': ['message', 'is_hidden'],
  'POST /{instagram-comment}': ['hide', 'ad_id'],
  'DELETE /{facebook-comment}': [],
  'DELETE /{instagram-comment}': ['ad_id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What any call may carry besides. A token in the parameters is taken out before anybody looks. */
export const EVERYWHERE: readonly string[] = ['appsecret_proof'];

export type Endpoint = keyof typeof PARAMETERS;

/** Parameters, or modifiers inside `fields`, that the call does not have are refused. @throws GraphError 100 naming the first */
export function refuseUnknown(endpoint: Endpoint, params: Params): void {
  const known: readonly string[] = [...PARAMETERS[endpoint], ...EVERYWHERE];
  const stranger = Object.keys(params).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const takes = PARAMETERS[endpoint].join(', ') || 'no parameters';
  throw invalidParameter(`Unknown parameter ${stranger}: in this sandbox ${endpoint} takes ${takes}`);
}
