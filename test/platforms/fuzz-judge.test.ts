import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBrand } from '../../config/brand.ts';
import type { Brand } from '../../domain/brand.ts';
import type { AdSnapshot, SurfaceFacts } from '../../domain/facts.ts';
import { judge } from '../../domain/judge.ts';
import { propose } from '../../domain/propose.ts';
import { speakerFor } from '../../domain/speaker.ts';
import type { Surface } from '../../domain/surface.ts';
import type { MetaAdapter } from '../../platforms/meta/index.ts';
import { fieldName } from '../helpers/field-paths.ts';
import { SOUND_TOO } from './fuzz-allowed.ts';
import { called, endingWith, type Seen, soundOf, spoiltFields } from './fuzz-run.ts';
import { adOf, type FuzzScene, openFuzzScene, SIGNS, type Verb, WORLD } from './fuzz-scene.ts';

/** What the rules make of one surface: what would be published, or the names of the rules that keep it back. */
type Verdicts = Readonly<Record<string, { readonly bytes: string } | { readonly keptBackBy: string }>>;

/** Those that end every verb in an error wherever they stand, as fuzz-answers.test.ts shows. */
const NEVER_FIT = /fraction|negative|2\^53|JSON in|character|UTF-8|way out/;
let scene: FuzzScene;
let brand: Brand;
beforeAll(async () => {
  scene = await openFuzzScene();
  const loaded = loadBrand(join(import.meta.dirname, '../../examples/brightloom'));
  if (!loaded.ok) throw new Error("the example's brand folder has problems");
  brand = loaded.brand;
});
afterAll(async () => {
  await scene.close();
});

/** Resolves an ad, reads its surfaces and judges them by the real rules, as a run does. */
async function judged(adapter: MetaAdapter, adId: string): Promise<Verdicts> {
  const ad = adOf(WORLD, adId);
  const resolution = await adapter.resolveAd(ad, ad);
  if (resolution.kind !== 'resolved') return {};
  const { snapshot, surfaces } = resolution;
  const verdicts = surfaces.map(async (surface) => [surface.surfaceId, await judgedSurface(adapter, snapshot, surface)] as const);
  return Object.fromEntries(await Promise.all(verdicts));
}

async function judgedSurface(adapter: MetaAdapter, snapshot: AdSnapshot, surface: Surface): Promise<Verdicts[string]> {
  const speaking = speakerFor(surface, snapshot, brand);
  if (speaking.kind === 'nobody') return { keptBackBy: `nobody speaks: ${speaking.outcome}` };
  const { identityId, pageId } = speaking.speaker;
  const context = { accountId: snapshot.ad.accountId };
  const [reading, thread] = await Promise.all([
    adapter.readSurface(surface, pageId, context),
    adapter.readThread({ surface, identityId, pageId, depth: { kind: 'first-page' }, signs: SIGNS }, context),
  ]);
  const proposal = propose(snapshot, surface, brand);
  const approval = 'text' in proposal ? brand.approvals.find(({ hash }) => hash === proposal.copyHash) : undefined;
  const facts: SurfaceFacts = {
    gatheredAt: '2026-11-22T08:00:00Z',
    snapshot,
    reading,
    thread,
    otherAds: [],
    proposal,
    approval: approval ? { ...approval, revokedAt: null } : null,
    knownCommentIds: [],
    attemptTexts: [],
    mode: 'pipeline',
  };
  const { verdict, verdicts } = judge(facts, brand);
  if (verdict === 'pass' && 'text' in proposal) return { bytes: proposal.bytesHash };
  const rules = verdicts.filter((each) => each.verdict === 'block' || each.verdict === 'hold').map(({ rule }) => rule);
  return { keptBackBy: rules.join(', ') };
}

/** What a spoilt answer let through that the sound ones had not, or with other bytes. */
function letThrough(sound: Verdicts, spoilt: Verdicts): string | null {
  for (const [surfaceId, verdict] of Object.entries(spoilt)) {
    if (!('bytes' in verdict)) continue;
    const before = sound[surfaceId];
    if (before === undefined) return `lets ${surfaceId} through, which the ad had not`;
    if (!('bytes' in before)) return `lets ${surfaceId} through, which was kept back by ${before.keptBackBy}`;
    if (before.bytes !== verdict.bytes) return `changes what is published on ${surfaceId}`;
  }
  return null;
}

describe('the guardrails over spoilt answers', () => {
  test('never let through what the sound answers kept back, and never other bytes', async () => {
    const flaws: string[] = [];
    const seen: Seen = new Map();
    let cases = 0;
    for (const { id } of WORLD.ads ?? []) {
      const asked: Verb = { name: `ad ${id}`, kind: 'judge', call: (adapter) => judged(adapter, id) };
      const sound = await soundOf(scene, asked);
      const before = sound.value as Verdicts;
      // Each field once for each way in which ads are kept back or let through.
      const verb = {
        ...asked,
        kind: Object.values(before)
          .map((each) => ('bytes' in each ? 'pass' : each.keptBackBy))
          .join(' + '),
      };
      for (const spoilt of spoiltFields(verb, sound, seen, 1)) {
        if (spoilt.mutation.heavy === true || NEVER_FIT.test(spoilt.mutation.name)) continue;
        cases += 1;
        const { key } = spoilt.exchange;
        const ending = await endingWith(scene, verb, !sound.again.has(key), (each) =>
          each.key === key ? { body: spoilt.body } : null,
        );
        const flaw = ending.kind === 'value' ? letThrough(before, ending.value as Verdicts) : null;
        const field = fieldName(spoilt.path);
        const sounds = SOUND_TOO.some((row) => row.fields.test(field) && (row.mutations?.test(spoilt.mutation.name) ?? true));
        if (flaw !== null && !sounds) flaws.push(`${called(verb, spoilt)} ${flaw}`);
      }
    }
    expect(cases).toBeGreaterThan(1_000);
    expect(flaws).toEqual([]);
  });
});
