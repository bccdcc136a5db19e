import { createHash, randomUUID } from 'node:crypto';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import type { CopyApproval } from '../../domain/brand.ts';
import type { AdSnapshot, Proposal, SurfaceFacts } from '../../domain/facts.ts';
import type { Judgement } from '../../domain/guardrail.ts';
import type { Surface, SurfaceRef } from '../../domain/surface.ts';
import type { AdSighting } from '../../store/known-ads.ts';
import type { GateAnswer, GateRequest, Ledger, Owner, RunRef } from '../../store/ledger.ts';

export const TEXT = 'Wer hier spricht: Brightloom. Zum Leinen: https://www.brightloom.example/de-de/leinen';

/** Under what the scenes' markets are decided. */
export const MARKETS = 'markets-1';

let next = 1;

/** An ad with one Facebook post, never seen before. */
export function newAd(): { ad: AdRef; surface: Surface; owner: Owner; run: RunRef } {
  const number = next++;
  const ad: AdRef = { platform: 'meta', accountId: 'act_100200', adId: `2385${randomDigits()}` };
  const surface: Surface = {
    platform: 'meta',
    kind: 'facebook-post',
    surfaceId: `4000002_${randomDigits()}${number}`,
    identityId: '4000002',
    permalink: null,
    dark: false,
  };
  const owner: Owner = { cluster: 'local', namespace: 'default', workflowId: workflowIdOf(ad) };
  return { ad, surface, owner, run: { workflowId: owner.workflowId, runId: randomUUID() } };
}

export function anotherOwner(): Owner {
  return { cluster: 'local', namespace: 'default', workflowId: `first-comment/meta/act_100200/${randomDigits()}` };
}

export function snapshotOf(ad: AdRef): AdSnapshot {
  return {
    ad,
    name: 'Leinen',
    state: 'active',
    campaign: { id: '2380000001', name: 'DE_PROSPECTING_2026-11' },
    adSet: { id: '2381000001', name: 'Leinen' },
    format: 'single',
    languages: null,
    specialCategories: [],
    commentLimits: {
      'facebook-post': { limited: null, setting: null },
      'instagram-media': { limited: null, setting: null },
    },
    partnership: null,
    targeting: { countries: ['DE'], countryGroups: [], locales: ['de-DE'] },
    placements: null,
    landingUrls: [{ url: 'https://www.brightloom.example/de-de/leinen', foundIn: 'creative' }],
    urlTags: null,
    facebookPageId: '4000002',
    instagramAccountId: null,
    pageBackedAccountId: null,
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
  };
}

/** The ad as resolve or a listing sees it: on these surfaces and no others, speaking for one market. */
export function sightingOf(ad: AdRef, surfaces: readonly SurfaceRef[], changes: Partial<AdSighting> = {}): AdSighting {
  const marketId = changes.marketId === undefined ? 'de-DE' : changes.marketId;
  return {
    ad,
    name: 'Leinen',
    campaignId: '2380000001',
    state: 'active',
    marketId,
    marketDigest: MARKETS,
    edges: surfaces.map((surface) => ({ named: surface, surfaceId: surface.surfaceId, marketId })),
    complete: true,
    ...changes,
  };
}

export function proposalOf(text = TEXT, copyHash = 'copy-1'): Proposal {
  return {
    marketId: 'de-DE',
    patternId: 'next-step',
    copyVersion: 1,
    capability: 'link',
    locale: 'de-DE',
    copyHash,
    text,
    bytesHash: hashOf(text),
    link: null,
    surfaceKey: 'k1',
  };
}

export function factsOf(ad: AdRef, surface: Surface, changes: Partial<SurfaceFacts> = {}): SurfaceFacts {
  return {
    gatheredAt: new Date().toISOString(),
    snapshot: snapshotOf(ad),
    reading: { surface, commentsEnabled: true, identityPublished: true },
    thread: { own: [], strangers: { count: 0, earliestAt: null }, complete: true, readAt: new Date().toISOString() },
    otherAds: [],
    proposal: proposalOf(),
    approval: null,
    knownCommentIds: [],
    attemptTexts: [],
    mode: 'pipeline',
    ...changes,
  };
}

export function judgementOf(verdict: Judgement['verdict'] = 'pass'): Judgement {
  return {
    verdicts: [
      { rule: 'approved-copy', verdict, says: 'The copy is approved.', evidence: { hash: 'copy-1' }, leadsTo: 'blocked' },
    ],
    verdict,
    outcome: verdict === 'block' ? 'blocked' : null,
    releaseDigest: 'release-1',
  };
}

export function approvalOf(changes: Partial<CopyApproval> = {}): CopyApproval {
  return {
    patternId: 'next-step',
    locale: 'de-DE',
    version: 1,
    capability: 'link',
    hash: 'copy-1',
    approvedBy: 'Mara',
    approvedAt: '2026-11-01T09:00:00.000Z',
    expiresAt: null,
    ...changes,
  };
}

/** Everything up to the gate, for one ad: judged `pass`, approved, claimed. */
export interface Scene {
  readonly ad: AdRef;
  readonly surface: Surface;
  readonly owner: Owner;
  readonly run: RunRef;
  /** A request that passes the gate. */
  readonly request: GateRequest;
}

export async function readyToSend(
  ledger: Ledger,
  {
    verdict = 'pass',
    judgedUnder = 'brand-1',
    facts = {},
    approval = approvalOf(),
    at = newAd(),
  }: {
    verdict?: Judgement['verdict'] | null;
    judgedUnder?: string;
    facts?: Partial<SurfaceFacts>;
    approval?: CopyApproval | null;
    at?: ReturnType<typeof newAd>;
  } = {},
): Promise<Scene> {
  const { ad, surface, owner, run } = at;
  await ledger.runStarted({ run, ad, mode: 'pipeline', brandDigest: 'brand-1' });
  await ledger.recordResolution(run, snapshotOf(ad), [surface], sightingOf(ad, [surface]));
  const factsId = await ledger.recordFacts(run, surface.surfaceId, factsOf(ad, surface, facts), 'brand-1');
  if (verdict !== null) await ledger.recordJudgement(factsId, judgementOf(verdict), judgedUnder);
  if (approval !== null) await ledger.importApprovals([approval]);
  const claim = await ledger.claim({ surface, owner, surfaceKey: 'k1' });
  if (claim.kind !== 'claimed') throw new Error(`expected the claim, got ${claim.kind}`);
  const request: GateRequest = {
    surface,
    owner,
    runId: run.runId,
    epoch: claim.epoch,
    generation: claim.generation,
    factsId,
    text: TEXT,
    bytesHash: hashOf(TEXT),
    copyHash: 'copy-1',
    copyVersion: 1,
    adId: ad.adId,
    brandDigest: 'brand-1',
    marketDigest: MARKETS,
    releaseDigest: 'release-1',
    scope: { brandId: 'brightloom', accountId: ad.accountId, identityId: '4000002', marketId: 'de-DE', patternId: 'next-step' },
    factsMaxAgeMs: 15 * 60_000,
    maxAttempts: 3,
    sendByMs: 150,
  };
  return { ad, surface, owner, run, request };
}

/** Passes the gate; fails the test where it stays shut. */
export async function passGate(ledger: Ledger, request: GateRequest): Promise<Extract<GateAnswer, { kind: 'open' }>> {
  const answer = await ledger.gate(request);
  if (answer.kind !== 'open') throw new Error(`the gate stayed shut: ${answer.reason}: ${answer.says}`);
  return answer;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function randomDigits(): string {
  return String(Math.floor(Math.random() * 1e10)).padStart(10, '0');
}
