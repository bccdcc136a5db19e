/** The advertising networks that first-comment can speak to. */
export const PLATFORMS = ['meta'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** One ad on one network. `accountId` keeps the network's own spelling (`act_100200` on Meta). */
export interface AdRef {
  readonly platform: Platform;
  readonly accountId: string;
  readonly adId: string;
}

const AD_TEXT = /^(?<platform>[a-z]+)\/(?<account>act_\d{1,20})\/(?<ad>\d{1,20})$/;

export type ParsedAd = { readonly ok: true; readonly ad: AdRef } | { readonly ok: false; readonly problem: string };

/** Reads `meta/act_100200/23851234`. A mistake comes back as a sentence that says what to write. */
export function parseAd(text: string): ParsedAd {
  const groups = AD_TEXT.exec(text.trim())?.groups;
  if (!groups) {
    return {
      ok: false,
      problem: `"${text}" is not an ad; write it as platform/account/ad, for example meta/act_100200/23851234`,
    };
  }
  const platform = PLATFORMS.find((known) => known === groups.platform);
  if (!platform) {
    return { ok: false, problem: `"${groups.platform}" is not a platform; known: ${PLATFORMS.join(', ')}` };
  }
  return { ok: true, ad: { platform, accountId: groups.account as string, adId: groups.ad as string } };
}

/** The one way an ad is written for people and in ids: `meta/act_100200/23851234`. */
export function formatAd(ad: AdRef): string {
  return `${ad.platform}/${ad.accountId}/${ad.adId}`;
}

/** The id of the ad's durable run in Temporal. Two starts for one ad meet in it. */
export function workflowIdOf(ad: AdRef): string {
  return `first-comment/${formatAd(ad)}`;
}
