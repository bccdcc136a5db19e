import type { AdState } from '../facts.ts';
import type { Guardrail } from '../guardrail.ts';
import { broken, kept } from './finding.ts';

/** Being early is the only way to be first, so ads that still wait for their review are commented too. */
const RUNS: readonly AdState[] = ['active', 'preapproved', 'pending-review'];
const BY_POLICY: readonly AdState[] = ['paused', 'adset-paused', 'campaign-paused', 'with-issues', 'pending-billing-info'];

export const adState: Guardrail = {
  id: 'ad-state',
  protects: 'Only ads that people see, or will see, are commented.',
  hard: false,
  severity: 'block',
  mildest: 'hold',
  leadsTo: 'not-commentable',
  check({ snapshot: { state }, mode }, brand) {
    const evidence = { state, mode };
    const words = state.replaceAll('-', ' ');
    if (RUNS.includes(state)) return kept(`The ad is ${words}.`, evidence);
    if (BY_POLICY.includes(state)) {
      const allowed = brand.policy.commentPausedAds[mode];
      const start = `The ad does not run now (${words}), and the brand's policy for a ${mode}`;
      return allowed ? kept(`${start} comments such ads.`, evidence) : broken(`${start} leaves such ads alone.`, evidence);
    }
    if (state === 'in-process') return broken('The platform is still processing the ad.', evidence);
    return broken(`The ad is ${words}, so nobody will see it.`, evidence);
  },
};
