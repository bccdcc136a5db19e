import type { AccountRecord } from '../../world/schema.ts';
import { listAds } from '../edges/ads.ts';
import type { Scene } from '../scene.ts';
import { json, type NodeView } from '../select.ts';

export function accountView(account: AccountRecord, scene: Scene): NodeView {
  return {
    typeName: 'AdAccount',
    defaults: ['account_id', 'id'],
    fields: {
      id: () => json(account.id),
      account_id: () => json(account.id.slice('act_'.length)),
      name: () => json(account.name),
      currency: () => json(account.currency),
      timezone_name: () => json(account.timezone_name),
      account_status: () => json(account.account_status),
      ads: () => ({
        is: 'edge',
        read: (params, fields) => listAds({ kind: 'account', record: account }, params, fields, scene),
      }),
    },
  };
}
