import { describe, expect, it } from 'vitest';
import { compare, type Expectations, type Verdict } from '../../bench/chaos/compare.ts';
import type { EndTruth, LedgerTruth, PlatformTruth } from '../../bench/chaos/truths.ts';
import type { ChaosWorld, PlannedSurface } from '../../bench/chaos/world.ts';
import type { Outcome } from '../../domain/outcome.ts';

const POST: PlannedSurface = {
  surfaceId: '4000002_61',
  kind: 'facebook-post',
  marketId: 'de-DE',
  pageId: '4000002',
  identityId: '4000002',
  before: 'nothing',
  respells: false,
  adIds: ['2395'],
};
const MEDIA: PlannedSurface = { ...POST, surfaceId: '18061', kind: 'instagram-media', identityId: '17840000002' };
const GATE = 1_000_000;
const TEXT = 'Hier schreibt Brightloom. https://www.brightloom.example/?fcid=4000002_61';
const COMMENT = { id: '61_1', authorId: '4000002', text: TEXT, hidden: false, listed: true, applicationId: '900100' };
const WRITTEN = { commentId: '61_1', text: TEXT, authorId: '4000002', at: GATE + 100 };
const ATTEMPT = { text: TEXT, gateAt: GATE, marketId: 'de-DE', result: null, settled: false };

interface Scene {
  readonly surface: PlannedSurface;
  readonly platform: PlatformTruth;
  readonly ledger: LedgerTruth;
  readonly workflow: Outcome | null;
  /** What the ledger says of the run's end; the same unless given. */
  readonly noted?: Outcome;
  readonly expected: Partial<Expectations>;
}

const SOUND: Scene = {
  surface: POST,
  platform: { written: [WRITTEN], mostAtOnce: 1, standing: [COMMENT] },
  ledger: { attempts: [ATTEMPT], publications: ['61_1'] },
  workflow: 'visible',
  expected: {},
};
const EMPTY: Scene['platform'] = { written: [], mostAtOnce: 0, standing: [] };
const UNKNOWN: Scene['ledger'] = { attempts: [ATTEMPT], publications: [] };

function verdictOf(change: Partial<Scene>): Verdict {
  const { surface, platform, ledger, workflow, noted, expected } = { ...SOUND, ...change };
  const [adId = ''] = surface.adIds;
  const ad = { platform: 'meta', accountId: 'act_100200', adId } as const;
  const world: ChaosWorld = {
    seed: {} as ChaosWorld['seed'],
    ads: [{ ad, surfaceIds: [surface.surfaceId] }],
    surfaces: [surface],
  };
  const end: EndTruth = {
    status: 'COMPLETED',
    workflow: { [surface.surfaceId]: workflow },
    ledger: { [surface.surfaceId]: noted ?? workflow },
  };
  const truths = {
    platform: new Map([[surface.surfaceId, platform]]),
    ledger: new Map([[surface.surfaceId, ledger]]),
    ends: new Map([[adId, end]]),
  };
  return compare(world, truths, {
    cancelledAdIds: [],
    lateSurfaceIds: [],
    heldBackSurfaceIds: [],
    pauses: [],
    orders: [],
    maxAttempts: 3,
    cutShort: false,
    linkKey: (id) => `fcid=${id}`,
    ...expected,
  });
}

/** The lists that have findings. */
function foundIn(change: Partial<Scene>): readonly string[] {
  return Object.entries(verdictOf(change)).flatMap(([name, found]) => (Array.isArray(found) && found.length > 0 ? [name] : []));
}

describe('the comparison of the three truths', () => {
  it('finds nothing where all agree', () => {
    expect(foundIn({})).toEqual([]);
    expect(verdictOf({})).toMatchObject({ comments: 1, unconfirmed: 0 });
  });

  it('sees a second comment, also one that is gone again', () => {
    const second = { ...COMMENT, id: '61_2' };
    const two = { written: [WRITTEN, { ...WRITTEN, commentId: '61_2' }], mostAtOnce: 2 };
    const known = { ...SOUND.ledger, publications: ['61_1', '61_2'] };
    expect(foundIn({ platform: { ...two, standing: [COMMENT, second] }, ledger: known })).toEqual([
      'duplicatesEver',
      'duplicatesAtEnd',
    ]);
    expect(foundIn({ platform: { ...two, standing: [COMMENT] } })).toEqual(['duplicatesEver']);
  });

  it('lists a second comment apart where it was made to land beyond L', () => {
    const platform = { ...SOUND.platform, mostAtOnce: 2 };
    expect(foundIn({ platform, expected: { lateSurfaceIds: [POST.surfaceId] } })).toEqual(['lateLandings']);
  });

  it('calls a surface lost when nothing stands there and no outcome has a cause for it', () => {
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN })).toEqual(['lost', 'disagreements']);
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: 'refused' })).toEqual(['lost']);
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: 'blocked' })).toEqual(['lost']);
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: 'withdrawn' })).toEqual(['lost']);
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: 'covered-by-brand' })).toEqual(['lost']);
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: null })).toEqual(['lost']);
  });

  it('takes an outcome that has its cause for an answer', () => {
    const spent = { attempts: [ATTEMPT, ATTEMPT, ATTEMPT], publications: [] };
    expect(foundIn({ platform: EMPTY, ledger: spent, workflow: 'refused' })).toEqual([]);
    expect(foundIn({ platform: EMPTY, workflow: 'withdrawn', expected: { cancelledAdIds: ['2395'] } })).toEqual([]);
    expect(foundIn({ platform: EMPTY, surface: { ...POST, before: 'by-brand' }, workflow: 'covered-by-brand' })).toEqual([]);
    expect(foundIn({ platform: EMPTY, surface: MEDIA, ledger: UNKNOWN, workflow: 'unconfirmed' })).toEqual([]);
  });

  it('calls nothing lost while runs are still under way', () => {
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: null, expected: { cutShort: true } })).toEqual([]);
  });

  it('calls a comment lost that stands and that the ledger does not know', () => {
    expect(foundIn({ ledger: UNKNOWN, workflow: 'covered-by-brand' })).toEqual(['lost']);
  });

  it('calls a comment wrong for its bytes, its author, its market, its key, or beside the words of the brand', () => {
    const made = (change: object) => ({ ...SOUND.platform, written: [{ ...WRITTEN, ...change }] });
    expect(foundIn({ platform: made({ text: `${TEXT} ` }) })).toEqual(['wrong']);
    expect(foundIn({ platform: made({ authorId: '4000001' }) })).toEqual(['wrong']);
    expect(foundIn({ ledger: { ...SOUND.ledger, attempts: [{ ...ATTEMPT, marketId: 'fr-FR' }] } })).toEqual(['wrong']);
    const other = { ...ATTEMPT, text: 'without a key' };
    expect(foundIn({ platform: made({ text: other.text }), ledger: { ...SOUND.ledger, attempts: [other] } })).toEqual(['wrong']);
    expect(foundIn({ surface: { ...POST, before: 'by-brand' } })).toEqual(['wrong']);
  });

  it('allows for a platform that spells texts its own way', () => {
    const respelt = { ...WRITTEN, text: TEXT.replaceAll(' ', '  ').normalize('NFD') };
    const platform = { ...SOUND.platform, written: [respelt] };
    expect(foundIn({ platform, surface: { ...POST, respells: true } })).toEqual([]);
    expect(foundIn({ platform })).toEqual(['wrong']);
  });

  it('sees an attempt that passed the gate under a pause', () => {
    const pause = { scope: 'marketId', value: 'de-DE', from: GATE - 1, until: GATE + 1 } as const;
    expect(foundIn({ expected: { pauses: [pause] } })).toEqual(['sentWhileClosed']);
    expect(foundIn({ expected: { pauses: [{ ...pause, value: 'fr-FR' }] } })).toEqual([]);
    expect(foundIn({ expected: { pauses: [{ ...pause, until: GATE }] } })).toEqual([]);
  });

  it('sees what reached the platform under a pause although it had passed the gate before', () => {
    const platform = { ...SOUND.platform, written: [{ ...WRITTEN, at: GATE + 8_000 }] };
    const pause = { scope: 'all', value: 'all', from: GATE + 500, until: GATE + 9_000 } as const;
    expect(foundIn({ platform, expected: { pauses: [pause] } })).toEqual(['sentWhileClosed']);
    expect(foundIn({ platform, expected: { pauses: [{ ...pause, until: GATE + 7_000 }] } })).toEqual([]);
    // It was under way when the pause returned.
    expect(foundIn({ platform, expected: { pauses: [{ ...pause, from: GATE + 7_000 }] } })).toEqual([]);
    // It came in time, and the platform was made to carry it out later.
    expect(foundIn({ platform, expected: { pauses: [pause], heldBackSurfaceIds: [POST.surfaceId] } })).toEqual([]);
  });

  describe('under a withdrawal order', () => {
    const order = { orderId: '7', adId: '2395', from: GATE + 5_000, outcome: 'withdrawn', says: '' } as const;
    const expected = { orders: [order] };
    const removed = { ...SOUND.platform, standing: [] };

    it('finds nothing where the comment is gone, whether the run had ended before or was told', () => {
      expect(foundIn({ platform: removed, expected })).toEqual([]);
      expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: 'withdrawn', expected })).toEqual([]);
    });

    it('sees a comment that stands, and an order that did not come to its end', () => {
      expect(foundIn({ expected })).toEqual(['notWithdrawn']);
      const unsure = { orders: [{ ...order, outcome: 'unconfirmed' }] } as const;
      expect(foundIn({ platform: removed, expected: unsure })).toEqual(['notWithdrawn']);
      const written = [{ ...WRITTEN, authorId: MEDIA.identityId }];
      expect(foundIn({ surface: MEDIA, platform: { ...removed, written }, expected: unsure })).toEqual([]);
    });

    it('sees what passed the gate or was published after it', () => {
      const late = { ...removed, written: [{ ...WRITTEN, at: GATE + 60_000 }] };
      expect(foundIn({ platform: late, expected })).toEqual(['sentWhileClosed']);
      expect(foundIn({ platform: removed, expected: { orders: [{ ...order, from: GATE - 1 }] } })).toEqual(['sentWhileClosed']);
    });

    it('calls an end false that says a comment stands, or stood, where none ever did', () => {
      expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, expected })).toEqual(['lost']);
      expect(foundIn({ platform: removed, workflow: 'blocked', expected })).toEqual(['lost']);
    });
  });

  it('calls unconfirmed false where absence can be proven, and while ours is listed', () => {
    expect(foundIn({ platform: EMPTY, ledger: UNKNOWN, workflow: 'unconfirmed' })).toEqual(['falselyUnconfirmed']);
    const written = [{ ...WRITTEN, authorId: MEDIA.identityId }];
    const listed = { surface: MEDIA, workflow: 'unconfirmed', platform: { ...SOUND.platform, written } } as const;
    expect(foundIn(listed)).toEqual(['falselyUnconfirmed']);
    const standing = [{ ...COMMENT, hidden: true }];
    expect(foundIn({ ...listed, platform: { ...listed.platform, standing } })).toEqual([]);
  });

  it('sees that workflow, ledger and platform tell different ends', () => {
    expect(foundIn({ noted: 'hidden' })).toEqual(['disagreements']);
    expect(foundIn({ platform: { ...SOUND.platform, standing: [{ ...COMMENT, hidden: true }] } })).toEqual(['disagreements']);
    expect(foundIn({ workflow: 'hidden' })).toEqual(['disagreements']);
  });
});
