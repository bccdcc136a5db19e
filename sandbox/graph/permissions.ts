import type { NodeOf, ThreadNode, WorldNode } from '../world/nodes.ts';
import type { WorldState } from '../world/state.ts';
import { missingPermission, noSuchObject } from './errors.ts';
import type { Scene } from './scene.ts';
import type { Access } from './tokens.ts';

/** How Instagram's objects word a missing permission. */
export const NOT_PERMITTED = 'Application does not have permission for this action';

/** The ad account behind an ad, ad set, campaign, creative or the account itself. */
export function accountIdOf(state: WorldState, node: WorldNode): string | undefined {
  switch (node.kind) {
    case 'account':
      return node.record.id;
    case 'campaign':
    case 'creative':
      return node.record.account_id;
    case 'ad-set':
      return state.get('campaign', node.record.campaign_id)?.record.account_id;
    case 'ad':
      return state.get('campaign', state.get('ad-set', node.record.adset_id)?.record.campaign_id)?.record.account_id;
    default:
      return undefined;
  }
}

/** The Page behind a Page, Instagram account, post, media or comment. */
export function pageOf(state: WorldState, node: WorldNode): NodeOf<'page'> | undefined {
  switch (node.kind) {
    case 'page':
      return node;
    case 'post':
    case 'media':
      return state.pageOfThread(node);
    case 'comment': {
      const thread = state.threadOf(node.record);
      return thread && state.pageOfThread(thread);
    }
    case 'instagram':
      for (const page of state.all('page')) if (page.record.instagram_business_account === node.record.id) return page;
      return undefined;
    default:
      return undefined;
  }
}

/** The tasks that a token's holder has on a Page; `undefined` when it is not assigned at all. */
export function tasksOn(access: Access, pageId: string): readonly string[] | undefined {
  if (access.kind === 'app') return undefined;
  if (access.grant.pages === 'all') return ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'];
  return access.grant.pages.find((page) => page.id === pageId)?.tasks;
}

/**
 * Lets a token read a node, or refuses as Meta does.
 * @throws GraphError 100/33 when the token may not even know of it, 10 or 200 when a permission is missing
 */
export function requireReadable(scene: Scene, node: WorldNode): void {
  const { access, state } = scene;
  if (access.kind === 'app') throw noSuchObject(node.record.id, scene.call.method);
  const accountId = accountIdOf(state, node);
  if (accountId !== undefined) {
    requireAdAccount(scene, node, accountId);
    return;
  }
  const page = pageOf(state, node);
  const foreign = page && (access.kind === 'page' ? access.pageId !== page.record.id : !tasksOn(access, page.record.id));
  if (page && foreign) throw noSuchObject(node.record.id, scene.call.method, typeOf(scene, node));
  if (isInstagram(node)) {
    requireScope(access, 'instagram_basic', 10, NOT_PERMITTED);
  } else if (node.kind !== 'page') {
    requirePagesRead(access);
  }
}

function requireAdAccount(scene: Scene, node: WorldNode, accountId: string): void {
  const { access } = scene;
  if (access.kind !== 'user') throw noSuchObject(node.record.id, scene.call.method);
  const granted = access.grant.ad_accounts === 'all' || access.grant.ad_accounts.includes(accountId);
  const says = 'Ad account owner has NOT grant ads_management or ads_read permission';
  if (!granted) throw node.kind === 'account' ? missingPermission(200, says) : noSuchObject(node.record.id, scene.call.method);
  if (!access.grant.scopes.some((scope) => scope === 'ads_read' || scope === 'ads_management'))
    throw missingPermission(200, says);
}

export function requirePagesRead(access: Access): void {
  requireScope(
    access,
    'pages_read_engagement',
    10,
    "This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature. Refer to https://developers.facebook.com/docs/apps/review/login-permissions for details.",
  );
}

/**
 * Lets a token write, hide or delete comments of a thread, as its Page only.
 * @throws GraphError 10 or 200
 */
export function requireCommenting(scene: Scene, thread: ThreadNode, tasks: readonly string[]): void {
  const { access } = scene;
  if (access.kind !== 'page') {
    throw missingPermission(200, 'This method requires a Page access token of the Page that owns the object');
  }
  if (thread.kind === 'media') {
    requireScope(access, 'instagram_manage_comments', 10, NOT_PERMITTED);
  } else {
    const says =
      'If posting to a page, requires both pages_read_engagement and pages_manage_engagement as an admin with sufficient administrative permission';
    requireScope(access, 'pages_read_engagement', 200, says);
    requireScope(access, 'pages_manage_engagement', 200, says);
  }
  const has = tasksOn(access, access.pageId) ?? [];
  const missing = tasks.filter((task) => !has.includes(task));
  if (missing.length > 0) {
    throw missingPermission(
      200,
      `The user does not have sufficient administrative permission for this action on the Page (${missing.join(', ')})`,
    );
  }
}

/** @throws GraphError `code` when the token lacks the scope */
export function requireScope(access: Access, scope: string, code: 10 | 200, says: string): void {
  if (access.kind === 'app' || !access.grant.scopes.includes(scope)) throw missingPermission(code, says);
}

/** Instagram's objects answer with an error type of their own. */
export function typeOf(scene: Scene, node: WorldNode): 'GraphMethodException' | 'IGApiException' {
  return isInstagram(node) || (node.kind === 'comment' && scene.state.threadOf(node.record)?.kind === 'media')
    ? 'IGApiException'
    : 'GraphMethodException';
}

function isInstagram(node: WorldNode): boolean {
  return node.kind === 'media' || node.kind === 'instagram' || (node.kind === 'comment' && node.record.network === 'instagram');
}
