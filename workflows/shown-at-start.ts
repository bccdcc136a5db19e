import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { type AdRef, formatAd } from '../domain/ad.ts';
import type { RunMode } from '../domain/facts.ts';

/** 1 is served first: new ads go before the backfill of old ones. */
const PRIORITY: Readonly<Record<RunMode, number>> = { pipeline: 2, backfill: 4 };

export const BACKFILL = defineSearchAttributeKey('FcBackfill', 'KEYWORD');

/** How a run is served and what people see of it in the Temporal UI, whoever starts it. */
export function shownAtStart(
  ad: AdRef,
  mode: RunMode,
): {
  readonly priority: { readonly priorityKey: number; readonly fairnessKey: string };
  readonly typedSearchAttributes: SearchAttributePair[];
  readonly staticSummary: string;
  readonly staticDetails: string;
} {
  const keyword = (name: string, value: string) => ({ key: defineSearchAttributeKey(name, 'KEYWORD'), value });
  return {
    priority: { priorityKey: PRIORITY[mode], fairnessKey: `${ad.platform}/${ad.accountId}` },
    typedSearchAttributes: [
      keyword('FcPlatform', ad.platform),
      keyword('FcAccount', ad.accountId),
      keyword('FcAd', ad.adId),
      keyword('FcStage', 'resolve'),
      { key: BACKFILL, value: mode === 'backfill' ? 'yes' : 'no' },
    ],
    staticSummary: `first comment · ${ad.platform} · ${ad.accountId} · ad ${ad.adId}`,
    staticDetails: [
      // One paragraph: the UI cuts its box off below the first ones.
      `The brand's first comment under the ad \`${formatAd(ad)}\`: resolve → validate → publish → verify → baseline.`,
      'The current details tell how it stands. A guardrail’s no is a completed run; a failed run is a defect.',
      `The whole story, also later: \`first-comment explain ${formatAd(ad)}\``,
    ].join(' '),
  };
}
