import { isObject, type JsonObject } from '../../world/json.ts';
import type { NodeOf } from '../../world/nodes.ts';
import { AD_STATUSES, type AdRecord } from '../../world/schema.ts';
import { invalidParameter } from '../errors.ts';
import type { FieldRequest } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { refuseUnknown } from '../parameters.ts';
import type { Params, Scene } from '../scene.ts';
import { select } from '../select.ts';

/** The subcode that people report for it; Meta publishes none. */
const DELETED_ASKED_FOR = 1815001;

/**
 * `GET /{act|campaign|adset}/ads`: newest first; archived ads only when asked for, deleted ones never: to ask for them is an
 * error, as Meta's "Deleted vs archived" says.
 */
export function listAds(
  parent: NodeOf<'account'> | NodeOf<'campaign'> | NodeOf<'ad-set'>,
  params: Params,
  fields: readonly FieldRequest[] | undefined,
  scene: Scene,
): JsonObject {
  refuseUnknown(`GET /{${parent.kind}}/ads`, params);
  const statuses = readStatuses(params.effective_status);
  const updatedSince = params.updated_since === undefined ? 0 : Number(params.updated_since) * 1_000;
  if (Number.isNaN(updatedSince)) throw invalidParameter('Param updated_since must be an integer');
  const ads = [...scene.state.all('ad')]
    .filter(({ record }) => belongsTo(record, parent, scene))
    .filter(({ record }) => record.effective_status !== 'DELETED')
    .filter(({ record }) => statuses?.has(record.effective_status) ?? record.effective_status !== 'ARCHIVED')
    .filter(({ record }) => Date.parse(record.updated_time) >= updatedSince)
    .sort(
      (a, b) => Date.parse(b.record.created_time) - Date.parse(a.record.created_time) || (a.record.id < b.record.id ? 1 : -1),
    );
  const list = {
    idOf: (node: NodeOf<'ad'>) => node.record.id,
    maximum: 500,
    path: `${parent.record.id}/ads`,
    ...(parent.kind === 'account' && { behaviour: parent.record }),
  };
  const page = pageOf(ads, list, params, scene.call);
  return { data: page.items.map((node) => select(node, fields, scene)), ...(page.paging && { paging: page.paging }) };
}

function belongsTo(ad: AdRecord, parent: NodeOf<'account'> | NodeOf<'campaign'> | NodeOf<'ad-set'>, scene: Scene): boolean {
  if (parent.kind === 'ad-set') return ad.adset_id === parent.record.id;
  const campaignId = scene.state.get('ad-set', ad.adset_id)?.record.campaign_id;
  if (parent.kind === 'campaign') return campaignId === parent.record.id;
  return scene.state.get('campaign', campaignId)?.record.account_id === parent.record.id;
}

function readStatuses(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  const list = readList(text);
  const known: readonly string[] = AD_STATUSES;
  const wrong = list.find((status) => !known.includes(status));
  if (wrong !== undefined) throw invalidParameter(`Param effective_status[0] must be one of {${known.join(', ')}}`);
  if (list.includes('DELETED')) throw invalidParameter('Cannot request for deleted objects', DELETED_ASKED_FOR);
  return new Set(list);
}

/** A list parameter: JSON, or plain words with commas. */
export function readList(text: string): readonly string[] {
  if (!text.startsWith('[')) return text.split(',').map((word) => word.trim());
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.map(String);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw invalidParameter('Param must be an array.');
}

/** A map parameter, as JSON. */
export function readMap(name: string, text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw invalidParameter(`Param ${name} must be an object`);
}
