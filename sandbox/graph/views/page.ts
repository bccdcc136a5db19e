import type { InstagramRecord, PageRecord } from '../../world/schema.ts';
import { tasksOn } from '../permissions.ts';
import type { Scene } from '../scene.ts';
import { json, type NodeView } from '../select.ts';

export function pageView(page: PageRecord, scene: Scene): NodeView {
  const { access, tokens, state } = scene;
  const instagram = (id: string | undefined) => () => ({ is: 'node', node: state.get('instagram', id) }) as const;
  const token = () => {
    if (access.kind === 'app' || tasksOn(access, page.id) === undefined) return undefined;
    return access.kind === 'page' ? access.token : tokens.pageToken(access.holder, page.id);
  };
  return {
    typeName: 'Page',
    defaults: ['name', 'id'],
    fields: {
      id: () => json(page.id),
      name: () => json(page.name),
      category: () => json(page.category),
      link: () => json(`https://www.facebook.example/${page.id}`),
      is_published: () => json(page.is_published),
      access_token: () => json(token()),
      tasks: () => json(tasksOn(access, page.id)),
      instagram_business_account: instagram(page.instagram_business_account),
      connected_instagram_account: instagram(page.connected_instagram_account ?? page.instagram_business_account),
      connected_page_backed_instagram_account: instagram(page.connected_page_backed_instagram_account),
    },
  };
}

export function instagramView(account: InstagramRecord): NodeView {
  return {
    typeName: 'IGUser',
    defaults: ['id'],
    fields: {
      id: () => json(account.id),
      username: () => json(account.username),
      name: () => json(account.name ?? account.username),
    },
  };
}
