import type { JsonObject } from '../../world/json.ts';
import type { NodeOf } from '../../world/nodes.ts';
import { GraphError, invalidParameter, noSuchField, noSuchObject } from '../errors.ts';
import { parseFields } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { refuseUnknown } from '../parameters.ts';
import { requireScope, tasksOn } from '../permissions.ts';
import type { Scene } from '../scene.ts';
import { select } from '../select.ts';

/** `GET /me`: whoever the token belongs to. */
export function readMe(scene: Scene): JsonObject {
  const { access, call, state } = scene;
  refuseUnknown('GET /me', call.params);
  if (access.kind === 'app')
    throw new GraphError({
      message: 'An active access token must be used to query information about the current user.',
      code: 2500,
    });
  if (access.kind === 'user') {
    const name = access.holder.name === 'system-user' ? state.world.system_user.name : access.holder.name;
    return selectPlain('User', { id: access.holder.userId, name }, call.params.fields);
  }
  const page = state.get('page', access.pageId);
  if (!page) throw noSuchObject('me', call.method);
  return select(page, call.params.fields === undefined ? undefined : parseFields(call.params.fields), scene);
}

/** The chosen fields of something that is no node of the world. @throws GraphError 100 for a field that it does not have */
function selectPlain(typeName: string, whole: JsonObject, fields: string | undefined): JsonObject {
  if (fields === undefined) return whole;
  const names = parseFields(fields).map(({ name }) => name);
  const stranger = names.find((name) => !Object.hasOwn(whole, name));
  if (stranger !== undefined) throw noSuchField(stranger, typeName);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name === 'id' || names.includes(name)));
}

/** `GET /me/accounts` and `GET /{system user}/assigned_pages`: the Pages that the holder has tasks on. */
export function listPages(scene: Scene, path: string): JsonObject {
  const { access, state, call } = scene;
  refuseUnknown(path === 'me/accounts' ? 'GET /me/accounts' : 'GET /{system-user}/assigned_pages', call.params);
  if (access.kind !== 'user') throw noSuchObject(path.split('/')[0] ?? '', call.method);
  requireScope(access, 'pages_show_list', 200, 'Requires pages_show_list permission');
  const pages = [...state.all('page')].filter(({ record }) => tasksOn(access, record.id) !== undefined);
  const cut = pageOf(pages, { idOf: (node: NodeOf<'page'>) => node.record.id, maximum: 100, path }, call.params, call);
  const fields = parseFields(call.params.fields ?? (path === 'me/accounts' ? 'access_token,category,name,tasks' : 'name'));
  return { data: cut.items.map((node) => select(node, fields, scene)), ...(cut.paging && { paging: cut.paging }) };
}

/** `GET /debug_token?input_token=…`. */
export function debugToken(scene: Scene): JsonObject {
  refuseUnknown('GET /debug_token', scene.call.params);
  const input = scene.call.params.input_token;
  if (!input) throw invalidParameter('The parameter input_token is required');
  const found = scene.tokens.lookUp(input);
  if (!found)
    return { data: { is_valid: false, scopes: [], error: { code: 190, message: 'Invalid OAuth access token.', subcode: 467 } } };
  const { holder, grant } = found;
  const dead = grant.invalid_subcode;
  return {
    data: {
      app_id: holder.appId,
      application: scene.state.world.app.name,
      type: found.kind === 'page' ? 'PAGE' : 'SYSTEM_USER',
      is_valid: dead === null,
      expires_at: 0,
      data_access_expires_at: 0,
      scopes: grant.scopes,
      granular_scopes: grant.scopes.map((scope) => ({ scope })),
      user_id: holder.userId,
      ...(found.kind === 'page' && { profile_id: found.pageId }),
      ...(dead !== null && { error: { code: 190, message: 'Error validating access token', subcode: dead } }),
    },
  };
}
