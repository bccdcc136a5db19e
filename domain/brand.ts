import type { Platform } from './ad.ts';
import type { SurfaceKind } from './surface.ts';
import type { Severity } from './verdict.ts';

/** A Page or an Instagram account that speaks for one market. */
export interface Identity {
  readonly platform: Platform;
  readonly kind: 'facebook-page' | 'instagram-account';
  readonly identityId: string;
  readonly name: string;
  readonly marketId: string;
  /** For an Instagram account: the Page it is linked to, whose token it speaks with. */
  readonly linkedPageId: string | null;
}

/** A country and a language of the brand. */
export interface Market {
  /** BCP 47, e.g. `fr-FR`; also the locale that copy and money are rendered in. */
  readonly id: string;
  readonly country: string;
  readonly language: string;
  readonly currency: string;
  /** Hosts (exact) and path prefixes that belong to this market. */
  readonly landing: readonly { readonly host: string; readonly pathPrefix: string }[];
  /** Values of the slots that this market's copy uses; `link` is filled by us. */
  readonly values: Readonly<Record<string, SlotValue>>;
}

export type SlotType = 'text' | 'money' | 'date' | 'link';
export type SlotValue =
  | { readonly type: 'text'; readonly text: string }
  /** `amount` in the market's currency, as a decimal string. */
  | { readonly type: 'money'; readonly amount: string }
  /** ISO 8601 calendar day. */
  | { readonly type: 'date'; readonly day: string };

/** A shape of first comment with a purpose and typed slots. */
export interface Pattern {
  readonly id: string;
  readonly purpose: 'who-speaks' | 'next-step' | 'what-the-offer-is';
  readonly slots: Readonly<Record<string, SlotType>>;
}

/** The text of a pattern in a locale for one capability of a surface. */
export interface Copy {
  readonly patternId: string;
  readonly locale: string;
  readonly version: number;
  readonly capability: 'link' | 'no-link';
  /** MessageFormat 2 source. */
  readonly source: string;
  /** Hash of source and slot types: what an approval binds. */
  readonly hash: string;
  /** Where it is written, `copy/de-DE.yaml:12:9`. */
  readonly place: string;
}

/** A copy approval as written in the brand folder, imported into the ledger by `setup`. */
export interface CopyApproval {
  readonly patternId: string;
  readonly locale: string;
  readonly version: number;
  readonly capability: 'link' | 'no-link';
  readonly hash: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
  readonly expiresAt: string | null;
}

/** How links are built: literal parameters with the placeholders `{source}`, `{market}`, `{pattern}`, `{version}`. */
export interface LinkTemplate {
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** Parameter that carries the surface's key; its value is always ours. */
  readonly keyParameter: string;
  /** `{source}` per surface kind, e.g. `facebook`. */
  readonly sources: Readonly<Record<SurfaceKind, string>>;
}

/** A named set of connection settings. Holds names of secrets, never their values. */
export interface Profile {
  readonly name: string;
  readonly meta: {
    readonly baseUrl: string;
    readonly graphVersion: string;
    readonly appId: string;
    /** Names of environment variables that hold the secrets. */
    readonly appSecretEnv: string;
    readonly systemUserTokenEnv: string;
    /** Whether comments on Instagram media carry `ad_id`. */
    readonly sendAdIdOnInstagram: boolean;
  };
  /** Factor on every wait of the protocol; 1 in every profile but `sandbox`. */
  readonly timingScale: number;
}

export const MULTI_COUNTRY = ['skip', 'landing-market'] as const;
export type MultiCountry = (typeof MULTI_COUNTRY)[number];
export const MULTI_LANGUAGE = ['skip', 'default-language'] as const;
export type MultiLanguage = (typeof MULTI_LANGUAGE)[number];

/** The brand folder, read and checked. */
export interface Brand {
  readonly id: string;
  readonly name: string;
  /** SHA-256 over the loaded folder; a run is judged and published under one digest. */
  readonly digest: string;
  readonly accounts: readonly { readonly platform: Platform; readonly accountId: string; readonly name: string }[];
  readonly identities: readonly Identity[];
  readonly markets: readonly Market[];
  readonly patterns: readonly Pattern[];
  readonly patternChoice: {
    readonly default: string;
    /** First match on the campaign's name wins; `*` stands for anything. */
    readonly byCampaign: readonly { readonly campaignName: string; readonly pattern: string }[];
  };
  readonly copy: readonly Copy[];
  readonly approvals: readonly CopyApproval[];
  readonly link: LinkTemplate;
  readonly policy: {
    /** Whether ads that do not run now (paused, with issues, billing) may be commented. */
    readonly commentPausedAds: { readonly pipeline: boolean; readonly backfill: boolean };
    /** What becomes of an ad set that targets several countries: left alone, or commented for the landing page's market. */
    readonly multiCountry: MultiCountry;
    /** What becomes of an ad that speaks several languages: left alone, or commented in its default language. */
    readonly multiLanguage: MultiLanguage;
    /** Severity of soft rules, for the brand and for single markets. */
    readonly severities: Readonly<
      Record<string, { readonly brand?: Severity; readonly markets?: Readonly<Record<string, Severity>> }>
    >;
  };
  readonly profiles: Readonly<Record<string, Profile>>;
}
