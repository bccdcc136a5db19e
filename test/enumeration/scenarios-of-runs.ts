import type { Outcome } from '../../domain/outcome.ts';
import { faultCalled } from './faults/index.ts';
import type { Script } from './play.ts';
import {
  execution,
  firstPlace,
  IN_TURN,
  meanwhile,
  NEVER,
  one,
  onInstagram,
  type Scenario,
  standing,
  terminated,
} from './scenario.ts';

/** As long as the first run can do anything, it does. */
const FIRST_AHEAD: Script['order'] = () => (turns) => {
  const first = turns.map(({ of }) => of).sort()[0];
  return Math.max(
    0,
    turns.findIndex(({ of }) => of === first),
  );
};

/** In turn, but the second run's second look at a claim waits until the first run can do nothing more. */
const SECOND_CLAIM_LAST: Script['order'] = () => (turns) =>
  Math.max(
    0,
    turns.findIndex(({ what }) => what !== 'B ledger.claim#2'),
  );

/** Always the other one, in an order that follows from a seed. */
function seeded(seed: number): Script['order'] {
  return () => {
    let state = seed;
    return (turns) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * turns.length);
    };
  };
}

const TWO_SURFACES = [['facebook-post', 'instagram-media']] as const;
const TWO_ADS = [['facebook-post'], ['facebook-post']] as const;

const cancelled = meanwhile('the run is cancelled meanwhile', (hands) => execution(hands, 0).cancel());
const byHand = meanwhile('a person of the brand comments', (hands) => {
  const { surfaceId, authorId } = firstPlace(hands);
  hands.platform.land({ surfaceId, authorId, text: 'Danke!', appId: null });
});

/** A stranger was there first, and the brand wants to look then. */
const HELD: Pick<Script, 'before' | 'policy'> = {
  policy: { severities: { 'first-in-thread': { brand: 'hold' } } },
  before: (hands) =>
    void hands.platform.land({ surfaceId: firstPlace(hands).surfaceId, authorId: 'somebody', text: 'Nice', appId: null }),
};

function decides(word: 'approve' | 'reject'): NonNullable<Script['person']> {
  return (hands) => {
    const run = execution(hands, 0);
    const said = run.told(word);
    if (!said) run.signal(word, { by: 'Mara', why: 'looked at the thread' });
    return !said;
  };
}

const twoAds = { ads: TWO_ADS, order: IN_TURN, surveyed: true } as const;

export const SCENARIOS_OF_RUNS: readonly Scenario[] = [
  { name: 'one', says: 'one surface on which absence can be proven', script: one },
  { name: 'instagram', says: 'one surface on which absence cannot be proven', script: onInstagram },
  { name: 'two-surfaces', says: 'one ad on two surfaces', script: { ads: TWO_SURFACES, order: IN_TURN } },
  { name: 'two-ads', says: 'two ads on one surface, call by call in turn', script: twoAds },
  {
    name: 'two-ads-one-ahead',
    says: 'two ads on one surface, one as far ahead as it can be',
    script: { ...twoAds, order: FIRST_AHEAD },
  },
  {
    name: 'two-ads-mixed',
    says: 'two ads on one surface, call by call in an order drawn from a seed',
    script: { ...twoAds, order: seeded(7) },
  },
  variant('acted', 'the platform acted and the answer was lost', 'acts, no answer'),
  variant('not-acted', 'the platform did not act and the answer was lost', 'does not act, no answer'),
  { ...variant('instagram-acted', 'as acted, on Instagram', 'acts, no answer'), script: onInstagram, beyond: 'instagram' },
  {
    ...variant('instagram-not-acted', 'as not-acted, on Instagram', 'does not act, no answer'),
    script: onInstagram,
    beyond: 'instagram',
  },
  variant('throttled', 'the platform has no room for the request', 'refuses: throttled'),
  { ...variant('spam', 'the platform takes the Page for a spammer, and a person looks at it', 'refuses: policy'), rejoins: true },
  {
    ...variant('continued', 'as spam, and the run waits so long that it goes on in another execution', 'refuses: policy'),
    script: { ...one, longHistories: true },
    beyond: 'spam',
    rejoins: true,
  },
  { ...variant('refused', 'the platform says no for good', 'refuses: permission'), mayEnd: ['refused'] },
  {
    name: 'later',
    says: 'the ids are not there yet',
    script: one,
    faults: { 'A platform.resolveAd#1': faultCalled('later'), 'A platform.resolveAd#2': faultCalled('later') },
    beyond: 'one',
    rejoins: true,
  },
  within('look-refused', 'the platform refuses the look for good', 'A platform.readThread#2', 'read fails: permission', [
    'refused',
  ]),
  within('look-throttled', 'the platform has no room for the look', 'A platform.readThread#2', 'read fails: throttled'),
  within(
    'listing-throttled',
    "the platform has no room for the listing of the account's ads",
    'A platform.listAds#1',
    'read fails: throttled',
  ),
  within('listing-trouble', "the listing of the account's ads breaks", 'A platform.listAds#1', 'read fails: transient'),
  {
    name: 'standing',
    says: 'a comment of ours stands there of which the ledger knows nothing',
    script: { ...one, before: standing },
    beyond: 'one',
    rejoins: true,
  },
  {
    name: 'standing-since-validate',
    says: 'a comment of ours lands between validate and the look',
    script: one,
    faults: { 'A activity.look#1': meanwhile('a comment of ours lands', standing) },
    beyond: 'one',
    rejoins: true,
  },
  {
    name: 'by-hand',
    says: 'a person of the brand comments between validate and the look',
    script: one,
    faults: { 'A activity.look#1': byHand },
    mayEnd: ['covered-by-brand'],
    beyond: 'one',
  },
  {
    name: 'approved',
    says: 'a held comment that a person approves',
    script: { ...one, ...HELD, person: decides('approve') },
    beyond: 'one',
    rejoins: true,
  },
  {
    name: 'rejected',
    says: 'a held comment that a person rejects',
    script: { ...one, ...HELD, person: decides('reject') },
    mayEnd: ['blocked'],
    beyond: 'one',
  },
  {
    name: 'cancelled-before',
    says: 'the run is cancelled before its look',
    script: one,
    faults: { 'A activity.look#1': cancelled },
    mayEnd: ['withdrawn'],
    beyond: 'one',
  },
  {
    name: 'cancelled-sending',
    says: 'the run is cancelled while its request is on its way',
    script: one,
    faults: { 'A platform.publish#1': cancelled },
    mayEnd: ['withdrawn'],
    beyond: 'one',
  },
  {
    name: 'again',
    says: 'the same ad once more, after the end',
    script: { ...one, afterwards: [({ start }) => void start(0)] },
    beyond: 'one',
  },
  {
    name: 'taken-over',
    says: 'two ads on one surface, the first terminated with its claim',
    script: twoAds,
    faults: { 'A activity.look#1': terminated },
    beyond: 'two-ads',
  },
  {
    name: 'taken-over-sending',
    says: 'two ads on one surface, the first terminated with its request on its way',
    script: twoAds,
    faults: {
      'A platform.publish#1': terminated,
      'A ledger.recordResult#1': NEVER,
    },
    beyond: 'two-ads',
  },
  {
    name: 'given-back-meanwhile',
    says: 'as given-back, just when the other one has noted that it waits',
    script: { ...twoAds, order: SECOND_CLAIM_LAST },
    faults: { 'A platform.publish#1': faultCalled('refuses: invalid') },
    mayEnd: ['refused'],
    beyond: 'given-back',
    rejoins: true,
  },
  {
    name: 'given-back',
    says: 'two ads on one surface, the first is refused for good and lets the other one try',
    script: twoAds,
    faults: { 'A platform.publish#1': faultCalled('refuses: invalid') },
    mayEnd: ['refused'],
    beyond: 'two-ads',
  },
];

function variant(name: string, says: string, fault: string): Scenario {
  return { name, says, script: one, faults: { 'A platform.publish#1': faultCalled(fault) }, beyond: 'one' };
}

/** One read goes wrong, and after that all goes on as in `one`. */
function within(name: string, says: string, key: string, fault: string, mayEnd: readonly Outcome[] = []): Scenario {
  return { name, says, script: one, faults: { [key]: faultCalled(fault) }, mayEnd, beyond: 'one', rejoins: true };
}
