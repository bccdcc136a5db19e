import type { Json, JsonObject } from '../../world/json.ts';
import type { NodeOf } from '../../world/nodes.ts';
import type { DynamicPost } from '../../world/schema.ts';
import { graphTime } from '../../world/time.ts';
import { noSuchField } from '../errors.ts';
import type { FieldRequest } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { refuseUnknown } from '../parameters.ts';
import { requirePagesRead } from '../permissions.ts';
import type { Params, Scene } from '../scene.ts';

/** `GET /{post}/dynamic_posts`: the variants that a dynamic ad generated from a post; empty for a post that stands for itself. */
export function listDynamicPosts(
  post: NodeOf<'post'>,
  params: Params,
  fields: readonly FieldRequest[] | undefined,
  scene: Scene,
): JsonObject {
  refuseUnknown('GET /{post}/dynamic_posts', params);
  requirePagesRead(scene.access);
  const path = `${post.record.id}/dynamic_posts`;
  const page = pageOf(post.record.dynamic_posts, { idOf: ({ id }) => id, maximum: 100, path }, params, scene.call);
  return { data: page.items.map((variant) => shown(variant, fields)), ...(page.paging && { paging: page.paging }) };
}

const FIELDS: Readonly<Record<string, (variant: DynamicPost) => Json | undefined>> = {
  id: ({ id }) => id,
  created: ({ created }) => graphTime(Date.parse(created)),
  message: ({ message }) => message,
  title: ({ title }) => title,
  description: ({ description }) => description,
  link: ({ link }) => link,
  image_url: ({ image_url }) => image_url,
  owner_id: ({ owner_id }) => owner_id,
  place_id: ({ place_id }) => place_id,
  product_id: ({ product_id }) => product_id,
};

function shown(variant: DynamicPost, fields: readonly FieldRequest[] | undefined): JsonObject {
  const names = fields?.map(({ name }) => name) ?? ['created', 'description', 'title', 'id'];
  const wanted = names.map((name): [string, Json | undefined] => {
    const read = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (!read) throw noSuchField(name, 'RTBDynamicPost');
    return [name, read(variant)];
  });
  return Object.fromEntries([...wanted.filter(([, value]) => value !== undefined), ['id', variant.id]]);
}
