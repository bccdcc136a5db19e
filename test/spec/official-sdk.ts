import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { SECRETS } from './world.ts';

/** What the tests use of the SDK's objects. It comes without types. */
export interface SdkObject {
  readonly id: string;
  readonly [field: string]: unknown;
  get(fields: readonly string[], params?: SdkParams): Promise<SdkObject>;
  update(fields: readonly string[], params: SdkParams): Promise<{ readonly success: boolean }>;
  delete(fields: readonly string[], params?: SdkParams): Promise<{ readonly success: boolean }>;
  getAds(fields: readonly string[], params?: SdkParams): Promise<SdkCursor>;
  getComments(fields: readonly string[], params?: SdkParams): Promise<SdkCursor>;
  createComment(fields: readonly string[], params: SdkParams): Promise<SdkObject>;
}

/** A page of a list, which turns into the next one. */
export interface SdkCursor extends Array<SdkObject> {
  readonly paging: { readonly cursors: { readonly after: string } };
  hasNext(): boolean;
  next(): Promise<SdkCursor>;
}

type SdkParams = Record<string, unknown>;
type SdkClass = new (id: string, data: object, parentId: undefined, api: SdkApi) => SdkObject;
type SdkApi = { readonly accessToken: string };

interface Sdk {
  readonly FacebookAdsApi: { new (token: string, locale: string, crashLog: boolean): SdkApi; readonly VERSION: string };
  readonly Ad: SdkClass;
  readonly AdAccount: SdkClass;
  readonly AdCreative: SdkClass;
  readonly Comment: SdkClass;
  readonly IGComment: SdkClass;
  readonly IGMedia: SdkClass;
  readonly Page: SdkClass;
  readonly PagePost: SdkClass;
}

type ClassName = Exclude<keyof Sdk, 'FacebookAdsApi'>;

export type Speak = (className: ClassName, id: string, token?: string) => SdkObject;

const SDK = createRequire(import.meta.url)('facebook-nodejs-business-sdk') as Sdk;

/** Makes the SDK's objects against the API at `url`. It has no setting for its host, only a getter that can be overridden. */
export function officialSdkAt(url: string): Speak {
  Object.defineProperty(SDK.FacebookAdsApi, 'GRAPH', { get: () => url, configurable: true });
  return (className, id, token = SECRETS.systemUserToken) => {
    // Without the last argument it would report every crash of the process to Meta.
    return new SDK[className](id, {}, undefined, new SDK.FacebookAdsApi(token, 'en_US', false));
  };
}

/** The SDK signs nothing by itself; an app that requires the proof gets it as a parameter. */
export function proofOf(token: string): string {
  return createHmac('sha256', SECRETS.appSecret).update(token).digest('hex');
}
