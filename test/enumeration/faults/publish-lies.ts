import type { Outcome } from '../../../domain/outcome.ts';
import type { PublishRequest, PublishResult } from '../../../platforms/platform.ts';
import { CELL_TIMING } from '../cell-timing.ts';
import type { Hands } from '../play.ts';
import type { FaultKind } from './fault-kind.ts';

type Lie = (hands: Hands, request: PublishRequest, act: () => Promise<unknown>) => PublishResult | Promise<PublishResult>;
type Why = Extract<PublishResult, { kind: 'refused' }>['why'];

const UNKNOWN: PublishResult = { kind: 'unknown', says: 'the answer did not come', code: null };
const NOWHERE: PublishResult = { kind: 'accepted', commentId: 'an-id-of-nothing' };
/** Late, and within L. */
const LATE_MS = CELL_TIMING.sendByMs + CELL_TIMING.writeDeadlineMs + CELL_TIMING.lateLandingMs / 2;
/** More lists than one that lags is left out of, and fewer than settling and verify read. */
const LAGGING_LISTS = 2;

function lie(name: string, tell: Lie, mayEnd: readonly Outcome[] = [], beyondPromise = false): FaultKind {
  return {
    name,
    fits: ({ target, method }) => target === 'platform' && method === 'publish',
    make: (hands) => ({ name, instead: async (act, args) => tell(hands(), args[0] as PublishRequest, act) }),
    mayEnd: () => mayEnd,
    beyondPromise,
  };
}

function refusal(why: Why, mayEnd: readonly Outcome[]): FaultKind {
  const answer = { kind: 'refused', why, code: null, says: `the platform said no: ${why}`, retryAfterMs: null } as const;
  return lie(`refuses: ${why}`, () => answer, mayEnd);
}

/** The request lands just before the platform gives its next list but `lists`. */
function beyondL(name: string, lists: number, beyondPromise: boolean): FaultKind {
  const tell: Lie = ({ platform }, request) => {
    platform.beforeList(request.surface.surfaceId, lists, () => platform.landed(request));
    return UNKNOWN;
  };
  return lie(name, tell, [], beyondPromise);
}

/** How a platform may answer a publish request, whatever it did. A refusal is definite, so it is never a lie. */
export const PUBLISH_LIES: readonly FaultKind[] = [
  lie('acts, no answer', ({ platform }, request) => {
    platform.landed(request);
    return UNKNOWN;
  }),
  lie('does not act, no answer', () => UNKNOWN),
  lie('acts late, no answer', ({ platform, turns }, request) => {
    turns.ringAfter(LATE_MS, () => platform.landed(request));
    return UNKNOWN;
  }),
  lie('acts, no answer, list lags', ({ platform }, request) => {
    platform.landed(request, { unlisted: LAGGING_LISTS });
    return UNKNOWN;
  }),
  beyondL('acts between two readings', 1, false),
  beyondL('acts after absence was proven', 3, false),
  beyondL('acts after the next look', 4, true),
  lie('acts, adapter breaks', async (_hands, _request, act) => {
    await act();
    throw new Error('the adapter broke after the request');
  }),
  lie('adapter breaks', () => {
    throw new Error('the adapter broke before the request');
  }),
  lie('accepts, list lags', ({ platform }, request) => {
    const { id } = platform.landed(request, { unlisted: LAGGING_LISTS });
    return { kind: 'accepted', commentId: id };
  }),
  lie(
    'accepts, hides it',
    ({ platform }, request) => ({ kind: 'accepted', commentId: platform.landed(request, { hidden: true }).id }),
    ['hidden'],
  ),
  lie(
    'accepts, takes it away',
    ({ platform }, request) => ({ kind: 'accepted', commentId: platform.landed(request, { gone: true }).id }),
    ['unconfirmed'],
  ),
  lie(
    'accepts under a wrong id',
    ({ platform }, request) => {
      platform.landed(request);
      return NOWHERE;
    },
    ['unconfirmed'],
  ),
  lie('accepts, does not act', () => NOWHERE, ['unconfirmed']),
  lie('sends nothing', () => ({ kind: 'not-sent', says: 'no byte left' })),
  refusal('throttled', []),
  refusal('auth', []),
  refusal('policy', []),
  refusal('permission', ['refused']),
  refusal('not-found', ['refused']),
  refusal('invalid', ['refused']),
];
