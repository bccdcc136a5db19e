import type { UsageReport } from '../platform.ts';

/** The two secrets of the Meta app; asked for at each call, so that a renewed token is used at once. */
export interface MetaSecrets {
  readonly appSecret: string;
  readonly systemUserToken: string;
}

/** What the Meta adapter is built from. */
export interface MetaSettings {
  /** `https://graph.facebook.com`, or a loopback address of the sandbox. */
  readonly baseUrl: string;
  /** As in the path, `v26.0`. An expired version is served by an older one without a word, so config decides it. */
  readonly graphVersion: string;
  /** Lets plain HTTP leave this machine. Only profile `sandbox` sets it, for a sandbox in a container beside the worker. */
  readonly plainHttp?: boolean;
  readonly appId: string;
  readonly secrets: () => MetaSecrets;
  /** Whether comments on Instagram name the ad; Meta's specification allows it, no page says that it must be there. */
  readonly sendAdIdOnInstagram: boolean;
  /** Hears what every usage header said. */
  readonly onUsage?: (report: UsageReport) => void;
}

/** Deadline of one read, milliseconds. */
export const READ_DEADLINE_MS = 15_000;
/** Deadline of a write other than publish, milliseconds. */
export const WRITE_DEADLINE_MS = 15_000;
/** How long a connection may take to open, milliseconds. */
export const CONNECT_DEADLINE_MS = 5_000;
/** No answer of the calls we make comes near this size. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** How the adapter names itself to Meta. */
export const USER_AGENT = 'first-comment/0.1';

/** Where calls go: the checked base URL and version. */
export interface GraphAddress {
  readonly origin: string;
  /** `/v26.0` */
  readonly prefix: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks base URL and version once. Tokens travel with every call, so plain HTTP is for loopback only.
 * @throws Error that says what to write instead.
 */
export function graphAddress(settings: Pick<MetaSettings, 'baseUrl' | 'graphVersion' | 'plainHttp'>): GraphAddress {
  const url = URL.parse(settings.baseUrl);
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new Error(`baseUrl is not a web address; write for example https://graph.facebook.com`);
  }
  if (url.protocol === 'http:' && settings.plainHttp !== true && !LOOPBACK.test(url.hostname)) {
    throw new Error(
      `baseUrl ${url.origin} would send tokens unencrypted; use https, or a loopback address such as http://127.0.0.1:7070`,
    );
  }
  if (url.username || url.password || url.search || url.hash || url.pathname !== '/') {
    throw new Error(`baseUrl must be only scheme, host and port, for example ${url.origin}`);
  }
  if (!/^v\d{1,3}\.\d{1,2}$/.test(settings.graphVersion)) {
    throw new Error(`graphVersion "${settings.graphVersion.slice(0, 20)}" is not a Graph API version; write for example v26.0`);
  }
  return { origin: url.origin, prefix: `/${settings.graphVersion}` };
}
