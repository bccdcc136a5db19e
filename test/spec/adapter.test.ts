import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AccountNode } from '../../platforms/meta/accounts.ts';
import { AdNode } from '../../platforms/meta/ad-node.ts';
import { DIALECTS } from '../../platforms/meta/comment-nodes.ts';
import { PageToken } from '../../platforms/meta/graph.ts';
import { InsightsRow } from '../../platforms/meta/insights.ts';
import { BackedPageNode } from '../../platforms/meta/page-backed.ts';
import { MediaWithSwitch, PageNode, PostWithSwitch } from '../../platforms/meta/read-surface.ts';
import { MediaNode, PostNode } from '../../platforms/meta/surface-nodes.ts';
import { DynamicPosts } from '../../platforms/meta/variants.ts';
import { requestProblems } from './judge.ts';
import { elementOf, oracleFor } from './oracle.ts';
import type { Exchange } from './recorder.ts';
import { carryOut, examine, LOOK_NAMES, VERB_NAMES } from './verbs.ts';
import { recordedSandbox } from './world.ts';

const oracle = oracleFor('adapter');
const seen: Exchange[] = [];

/** What the adapter looks for in answers: a name that is never there would just look like "nothing to say". */
const READ: readonly (readonly [string, z.ZodType])[] = [
  ['Ad', AdNode],
  ['AdAccount', AccountNode],
  ['AdsInsights', InsightsRow],
  ['PagePost', PostNode],
  ['PagePost', PostWithSwitch],
  ['PagePost', z.object({ dynamic_posts: DynamicPosts })],
  ['RTBDynamicPost', DynamicPosts.shape.data.element],
  ['IGMedia', MediaNode],
  ['IGMedia', MediaWithSwitch],
  ['Page', PageNode],
  ['Page', BackedPageNode],
  ['Page', PageToken],
  ['Comment', DIALECTS['facebook-post'].node],
  ['IGComment', DIALECTS['instagram-media'].node],
];

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

/** `doctor --live` asks for a field and an object that nobody has, to see how Meta refuses. */
const ON_PURPOSE = [
  'Ad GET / Ad.first_comment_asks: no such field',
  'no object 999999999999999999 GET / is not a call of the spec',
];

describe('what the adapter sends', () => {
  it.each(VERB_NAMES)('%s asks only for what Meta publishes', async (verb) => {
    const { url, exchanges } = await recordedSandbox();
    const failure = await carryOut(verb, url).catch((error: unknown) => error);
    seen.push(...exchanges);
    expect(exchanges.length).toBeGreaterThan(0);
    expect([...new Set(exchanges.flatMap((exchange) => requestProblems(oracle, exchange)))]).toEqual([]);
    expect(failure).toBeUndefined();
  });

  it.each(LOOK_NAMES)('%s of doctor asks only for what Meta publishes', async (look) => {
    const { url, exchanges } = await recordedSandbox();
    await examine(look, url);
    expect(exchanges.length).toBeGreaterThan(0);
    const problems = [...new Set(exchanges.flatMap((exchange) => requestProblems(oracle, exchange)))].sort();
    expect(problems).toEqual(look === 'answerLiveQuestions' ? ON_PURPOSE : []);
  });

  it('is seen on both networks, for reading and for writing', () => {
    const calls = new Set(seen.map(({ className, method, endpoint }) => `${className} ${method} ${endpoint}`));
    expect([...calls]).toEqual(
      expect.arrayContaining([
        'Ad GET /',
        'PagePost POST /comments',
        'IGMedia POST /comments',
        'Comment POST /',
        'IGComment POST /',
        'Comment DELETE /',
        'IGComment DELETE /',
      ]),
    );
  });
});

describe('what the adapter reads', () => {
  it('is more than a few ids', () => {
    const all = READ.flatMap(([className, schema]) => namesIn(shapeOf(schema), className));
    expect(new Set(all).size).toBeGreaterThan(100);
  });

  it.each(READ)('of %s is published, at every depth', (className, schema) => {
    const names = namesIn(shapeOf(schema), className);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => name.includes('?'))).toEqual([]);
  });

  it('is looked into deeply: carousel cards, geo locations, links of an asset feed', () => {
    const names = namesIn(shapeOf(AdNode), 'Ad');
    expect(names).toEqual(
      expect.arrayContaining([
        'AdCreativeLinkDataChildAttachment.link',
        'TargetingGeoLocation.countries',
        'AdAssetFeedSpecLinkURL.website_url',
        'AdCreativeLinkDataCallToActionValue.link',
      ]),
    );
  });
});

it('The adapter needs every line of beyond.ts that stands there for it', () => {
  expect(oracle.idleLines()).toEqual([]);
});

function shapeOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
}

/** `Class.field` of every property, with a `?` behind it when the spec does not have it. */
function namesIn(schema: Schema, type: string): readonly string[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((each) => namesIn(each, type));
  const items = schema.items ? namesIn(schema.items, elementOf(type)) : [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([field, below]) => {
    // A class that is not kept, or a list of anything, says nothing of what is in it.
    if (oracle.node(type) === undefined) return [`${type}.${field} ?`];
    const edge = oracle.call(type, `GET /${field}`);
    const fieldType = oracle.fieldType(type, field);
    if (fieldType !== undefined) return [`${type}.${field}`, ...namesIn(below, fieldType)];
    return edge ? [`${type}.${field}`] : [`${type}.${field} ?`];
  });
  return [...new Set([...inner, ...items, ...own])];
}
