import type { Guardrail } from '../guardrail.ts';
import { adState } from './ad-state.ts';
import { commentable } from './commentable.ts';
import { copyApproved } from './copy-approved.ts';
import { firstInThread } from './first-in-thread.ts';
import { identityAgrees } from './identity-agrees.ts';
import { knownAdsAgree } from './known-ads-agree.ts';
import { linkAllowed } from './link-allowed.ts';
import { marketAgrees } from './market-agrees.ts';
import { offerNotOver } from './offer-not-over.ts';
import { oneCountry } from './one-country.ts';
import { oneLanguage } from './one-language.ts';
import { oursNotThere } from './ours-not-there.ts';
import { specialCategory } from './special-category.ts';
import { utmComplete } from './utm-complete.ts';

/** All guardrails, in the order in which people read them: to whom, by whom, what is said, where to, then whether it can be. */
export const GUARDRAILS: readonly Guardrail[] = [
  oneCountry,
  oneLanguage,
  marketAgrees,
  knownAdsAgree,
  identityAgrees,
  copyApproved,
  offerNotOver,
  linkAllowed,
  utmComplete,
  specialCategory,
  adState,
  commentable,
  oursNotThere,
  firstInThread,
];

export const GUARDRAIL_IDS: readonly string[] = GUARDRAILS.map(({ id }) => id);
