/** Who needs a line: what the adapter sends, what the sandbox accepts and answers, what the official SDK sends. */
export type Side = 'adapter' | 'sandbox' | 'official-sdk';

type Line = {
  readonly needs: readonly Side[];
  /** Where it is published: a page, or a file of the official package. */
  readonly source: string;
};

/** Something that the published shapes of the official package do not have. */
export type Beyond = Line &
  (
    | { readonly kind: 'field'; readonly what: string; readonly type: string }
    | { readonly kind: 'header'; readonly what: string }
    | { readonly kind: 'param'; readonly what: string; readonly type: string }
    | { readonly kind: 'shape'; readonly what: string; readonly fields: Readonly<Record<string, string>> }
    | {
        readonly kind: 'call';
        readonly what: string;
        readonly params: Readonly<Record<string, string>>;
        readonly returns: string;
      }
  );

const DOCS = 'https://developers.facebook.com/docs';
const PACKAGE = 'facebook_business 26.0.3';
const NODE_SDK = 'facebook-nodejs-business-sdk 24.0.1';
const EVERYBODY = ['adapter', 'sandbox', 'official-sdk'] as const;

/**
 * Where adapter or sandbox go beyond the published shapes, and on whose word. A line that nothing needs any more makes a test
 * fail, and so does anything that stands in neither.
 */
export const BEYOND: readonly Beyond[] = [
  // Parameters of the Graph API as a whole: the generated classes leave them to their base.
  { kind: 'param', what: 'GET: fields', type: 'fields', needs: EVERYBODY, source: `${DOCS}/graph-api/guides/field-expansion` },
  {
    kind: 'param',
    what: 'POST: fields',
    type: 'fields',
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/advanced`,
  },
  {
    kind: 'param',
    what: 'every call: appsecret_proof',
    type: 'string',
    needs: EVERYBODY,
    source: `${DOCS}/graph-api/guides/secure-requests`,
  },
  {
    kind: 'param',
    what: 'every call: access_token',
    type: 'string',
    needs: ['official-sdk'],
    source: `${NODE_SDK}: src/api.js`,
  },
  { kind: 'param', what: 'GET of an edge: limit', type: 'unsigned int', needs: EVERYBODY, source: `${DOCS}/graph-api/results` },
  { kind: 'param', what: 'GET of an edge: after', type: 'string', needs: EVERYBODY, source: `${DOCS}/graph-api/results` },
  {
    kind: 'param',
    what: 'GET /comments: summary',
    type: 'bool',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/graph-api/reference/object/comments`,
  },

  // Fields that the spec leaves open, or does not have.
  {
    kind: 'field',
    what: 'PagePost.from',
    type: 'Profile',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/graph-api/reference/pagepost`,
  },
  {
    kind: 'field',
    what: 'Comment.from',
    type: 'Profile',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/graph-api/reference/comment`,
  },
  {
    kind: 'field',
    what: 'AdCreativeAssetGroupsSpec.groups',
    type: 'list<Asset group>',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/marketing-api/flexible-ad-format`,
  },
  {
    kind: 'shape',
    what: 'Asset group',
    fields: { call_to_action: 'AdCreativeLinkDataCallToAction' },
    needs: ['adapter'],
    source: `${DOCS}/marketing-api/flexible-ad-format`,
  },
  {
    kind: 'shape',
    what: 'Asset group',
    fields: {
      call_to_action: 'AdCreativeLinkDataCallToAction',
      group_uuid: 'string',
      images: 'list<map>',
      texts: 'list<map>',
    },
    needs: ['sandbox'],
    source: `${DOCS}/marketing-api/flexible-ad-format`,
  },
  {
    kind: 'field',
    what: 'AdCustomizationRuleSpec.customization_spec',
    type: 'Language',
    needs: ['adapter'],
    source: `${PACKAGE}: examples/AdAccountAdCreativesPostCreateAdCreativeCustomizationCanvasImage.py`,
  },
  {
    kind: 'shape',
    what: 'Language',
    fields: { language: 'string' },
    needs: ['adapter'],
    source: `${PACKAGE}: examples/AdAccountAdCreativesPostCreateAdCreativeCustomizationCanvasImage.py`,
  },
  {
    kind: 'field',
    what: 'Page.tasks',
    type: 'list<string>',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/pages-api/manage-pages`,
  },
  {
    kind: 'field',
    what: 'AdsInsights.publisher_platform',
    type: 'string',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/marketing-api/insights/breakdowns`,
  },
  {
    kind: 'field',
    what: 'AdsInsights.platform_position',
    type: 'string',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/marketing-api/insights/breakdowns`,
  },

  // Calls on no node.
  {
    kind: 'call',
    what: 'GET /?ids=',
    params: { ids: 'list<string>' },
    returns: 'map<string, Object>',
    needs: ['sandbox'],
    source: `${NODE_SDK}: src/abstract-crud-object.js`,
  },
  {
    kind: 'call',
    what: 'POST /',
    params: { batch: 'list<Object>', include_headers: 'bool' },
    returns: 'list<Batch item>',
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/batch-requests`,
  },
  {
    kind: 'call',
    what: 'GET /debug_token',
    params: { input_token: 'string' },
    returns: 'Debugged token',
    needs: ['adapter', 'sandbox'],
    source: `${DOCS}/graph-api/reference/debug_token`,
  },

  // Shapes around the nodes.
  {
    kind: 'shape',
    what: 'Page of a list',
    fields: { paging: 'Paging' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/results`,
  },
  {
    kind: 'shape',
    what: 'Paging',
    fields: { cursors: 'Cursors', next: 'string' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/results`,
  },
  {
    kind: 'shape',
    what: 'Cursors',
    fields: { after: 'string', before: 'string' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/results`,
  },
  {
    kind: 'shape',
    what: 'Page of comments',
    fields: { summary: 'Summary of comments' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/reference/object/comments`,
  },
  {
    kind: 'shape',
    what: 'Summary of comments',
    fields: { order: 'string', total_count: 'unsigned int', can_comment: 'bool' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/reference/object/comments`,
  },
  {
    kind: 'shape',
    what: 'Success',
    fields: { success: 'bool' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/reference/comment#deleting`,
  },
  {
    kind: 'shape',
    what: 'Batch item',
    fields: { code: 'int', headers: 'list<Batch header>', body: 'string' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/batch-requests`,
  },
  {
    kind: 'shape',
    what: 'Batch header',
    fields: { name: 'string', value: 'string' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/batch-requests`,
  },
  {
    kind: 'shape',
    what: 'Debugged token',
    fields: { data: 'Facts of a token' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/reference/debug_token`,
  },
  {
    kind: 'shape',
    what: 'Facts of a token',
    fields: {
      app_id: 'string',
      application: 'string',
      data_access_expires_at: 'unsigned int',
      error: 'Object',
      expires_at: 'unsigned int',
      granular_scopes: 'list<Object>',
      is_valid: 'bool',
      profile_id: 'string',
      scopes: 'list<string>',
      type: 'string',
      user_id: 'string',
    },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/reference/debug_token`,
  },
  {
    kind: 'shape',
    what: 'Error envelope',
    fields: { error: 'Graph error' },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/guides/error-handling`,
  },
  {
    kind: 'shape',
    what: 'Graph error',
    fields: {
      code: 'int',
      error_subcode: 'int',
      fbtrace_id: 'string',
      message: 'string',
      type: 'string',
    },
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/guides/error-handling`,
  },
  {
    kind: 'field',
    what: 'Graph error.is_transient',
    type: 'bool',
    needs: ['sandbox'],
    source: `${PACKAGE}: facebook_business/exceptions.py`,
  },

  // Headers of every answer.
  { kind: 'header', what: 'x-app-usage', needs: ['sandbox'], source: `${DOCS}/graph-api/overview/rate-limiting` },
  {
    kind: 'header',
    what: 'x-business-use-case-usage',
    needs: ['sandbox'],
    source: `${DOCS}/graph-api/overview/rate-limiting`,
  },
];
