import type { Json, JsonObject } from '../world/json.ts';
import type { WorldNode } from '../world/nodes.ts';
import { listAds } from './edges/ads.ts';
import { listComments, listReplies } from './edges/comments.ts';
import { listDynamicPosts } from './edges/dynamic-posts.ts';
import { readInsights } from './edges/insights.ts';
import { debugToken, listPages, readMe } from './edges/people.ts';
import { createComment, deleteComment, updateComment } from './edges/write-comment.ts';
import { GraphError, invalidParameter, noSuchObject } from './errors.ts';
import { parseFields } from './fields.ts';
import { refuseUnknown } from './parameters.ts';
import { requireReadable, typeOf } from './permissions.ts';
import type { Scene } from './scene.ts';
import { select } from './select.ts';

/**
 * Answers one Graph call.
 * @throws GraphError for every no of the platform
 */
export function answer(scene: Scene): Json {
  const { call, access } = scene;
  const [first = '', edge, ...rest] = call.path.split('/');
  if (rest.length > 0) throw unknownPath(call.path);
  if (call.method === 'GET' && first === '' && call.params.ids !== undefined) return readMany(call.params.ids, scene);
  if (first === '')
    throw new GraphError({ message: 'Unsupported operation on the root', type: 'GraphMethodException', code: 100 });
  if (call.method === 'GET' && first === 'debug_token' && edge === undefined) return debugToken(scene);
  if (call.method === 'GET' && first === 'me' && edge === undefined) return readMe(scene);
  if (call.method === 'GET' && call.path === 'me/accounts') return listPages(scene, call.path);
  const isSelf = access.kind === 'user' && first === access.holder.userId;
  if (call.method === 'GET' && isSelf && edge === 'assigned_pages') return listPages(scene, call.path);
  const node = readable(first, scene);
  if (edge !== undefined) return answerEdge(node, edge, scene);
  if (call.method === 'GET') {
    refuseUnknown('GET /{node}', call.params);
    return select(node, fieldsOf(scene), scene);
  }
  if (node.kind === 'comment') return call.method === 'POST' ? updateComment(node, scene) : deleteComment(node, scene);
  throw noSuchObject(first, call.method, typeOf(scene, node));
}

function answerEdge(node: WorldNode, edge: string, scene: Scene): JsonObject {
  const { call } = scene;
  if (edge === 'comments' && (node.kind === 'post' || node.kind === 'media')) {
    if (call.method === 'POST') return createComment(node, scene);
    if (call.method === 'GET') return listComments(node, call.params, fieldsOf(scene), scene);
  }
  if (call.method === 'GET') {
    const replies = node.kind === 'comment' && edge === (node.record.network === 'facebook' ? 'comments' : 'replies');
    if (replies) return listReplies(node.record, call.params, fieldsOf(scene), scene);
    const listsAds = node.kind === 'account' || node.kind === 'campaign' || node.kind === 'ad-set';
    if (edge === 'ads' && listsAds) return listAds(node, call.params, fieldsOf(scene), scene);
    if (edge === 'dynamic_posts' && node.kind === 'post') return listDynamicPosts(node, call.params, fieldsOf(scene), scene);
    if (edge === 'insights' && node.kind === 'ad') return readInsights(node.record, call.params, fieldsOf(scene), scene);
  }
  throw unknownPath(`${node.record.id}/${edge}`);
}

/** `GET /?ids=a,b`: an object keyed by the ids as asked; one bad id fails the whole call. */
function readMany(list: string, scene: Scene): JsonObject {
  refuseUnknown('GET /?ids=', scene.call.params);
  const ids = list.split(',').filter((id) => id !== '');
  if (ids.length > 50) throw invalidParameter('Too many IDs. Maximum: 50. Provided: '.concat(String(ids.length)));
  return Object.fromEntries(ids.map((id) => [id, select(readable(id, scene), fieldsOf(scene), scene)]));
}

function readable(id: string, scene: Scene): WorldNode {
  const node = scene.state.find(id);
  if (!node) throw noSuchObject(id, scene.call.method);
  requireReadable(scene, node);
  return node;
}

function fieldsOf(scene: Scene) {
  const { fields } = scene.call.params;
  return fields === undefined || fields === '' ? undefined : parseFields(fields);
}

function unknownPath(path: string): GraphError {
  return new GraphError({ message: `Unknown path components: /${path.split('/').slice(1).join('/')}`, code: 2500 });
}
