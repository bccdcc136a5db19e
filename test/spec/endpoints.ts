import type { Endpoint } from '../../sandbox/graph/parameters.ts';
import { MEDIA, POST, USER, WORLD } from './world.ts';

/** One call of the sandbox, in its words and in the spec's, with a request that shows it. */
export interface SampleCall {
  readonly className: string;
  /** `GET /comments` */
  readonly key: string;
  readonly path: string;
  /** What it cannot do without. */
  readonly params?: Readonly<Record<string, string>>;
  /** The Page as which it is made; the system user without one. */
  readonly pageId?: string;
}

const AD = { className: 'Ad', path: POST.adId };
const AS_POST = { pageId: POST.pageId };
const AS_MEDIA = { pageId: MEDIA.pageId };
/** Stands for a comment that the test has written. */
export const COMMENT = '{comment}';

/** Every call that the sandbox says it knows. One that is not here does not compile. */
export const SAMPLE_CALLS: Readonly<Record<Endpoint, SampleCall>> = {
  'GET /{node}': { ...AD, key: 'GET /' },
  'GET /?ids=': { className: '', key: 'GET /?ids=', path: '', params: { ids: POST.adId } },
  'POST /': { className: '', key: 'POST /', path: '', params: { batch: '[]' } },
  'GET /me': { className: 'User', key: 'GET /', path: 'me' },
  'GET /me/accounts': { className: 'User', key: 'GET /accounts', path: 'me/accounts' },
  'GET /{system-user}/assigned_pages': {
    className: 'SystemUser',
    key: 'GET /assigned_pages',
    path: `${USER}/assigned_pages`,
  },
  'GET /debug_token': { className: '', key: 'GET /debug_token', path: 'debug_token', params: { input_token: 'unknown' } },
  'GET /{account}/ads': { className: 'AdAccount', key: 'GET /ads', path: `${WORLD.ad_accounts[0]?.id}/ads` },
  'GET /{campaign}/ads': { className: 'Campaign', key: 'GET /ads', path: `${WORLD.campaigns[0]?.id}/ads` },
  'GET /{ad-set}/ads': { className: 'AdSet', key: 'GET /ads', path: `${WORLD.ad_sets[0]?.id}/ads` },
  'GET /{ad}/insights': { className: 'Ad', key: 'GET /insights', path: `${POST.adId}/insights` },
  'GET /{post}/comments': {
    className: 'PagePost',
    key: 'GET /comments',
    path: `${POST.surfaceId}/comments`,
    ...AS_POST,
  },
  'GET /{post}/dynamic_posts': {
    className: 'PagePost',
    key: 'GET /dynamic_posts',
    path: `${POST.surfaceId}/dynamic_posts`,
    ...AS_POST,
  },
  'GET /{media}/comments': { className: 'IGMedia', key: 'GET /comments', path: `${MEDIA.surfaceId}/comments`, ...AS_MEDIA },
  'GET /{facebook-comment}/comments': { className: 'Comment', key: 'GET /comments', path: `${COMMENT}/comments`, ...AS_POST },
  'GET /{instagram-comment}/replies': { className: 'IGComment', key: 'GET /replies', path: `${COMMENT}/replies`, ...AS_MEDIA },
  'POST /{post}/comments': {
    className: 'PagePost',
    key: 'POST /comments',
    path: `${POST.surfaceId}/comments`,
    params: { message: 'Woven.' },
    ...AS_POST,
  },
  'POST /{media}/comments': {
    className: 'IGMedia',
    key: 'POST /comments',
    path: `${MEDIA.surfaceId}/comments`,
    params: { message: 'Woven.' },
    ...AS_MEDIA,
  },
  'POST /{facebook-comment}': {
    className: 'Comment',
    key: 'POST /',
    path: COMMENT,
    params: { is_hidden: 'true' },
    ...AS_POST,
  },
  'POST /{instagram-comment}': { className: 'IGComment', key: 'POST /', path: COMMENT, params: { hide: 'true' }, ...AS_MEDIA },
  'DELETE /{facebook-comment}': { className: 'Comment', key: 'DELETE /', path: COMMENT, ...AS_POST },
  'DELETE /{instagram-comment}': { className: 'IGComment', key: 'DELETE /', path: COMMENT, ...AS_MEDIA },
};
