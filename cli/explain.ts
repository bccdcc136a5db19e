import { formatAd } from '../domain/ad.ts';
import { tellCriteria } from '../domain/order-criteria.ts';
import { tellUnusable } from '../domain/placements.ts';
import type { Story, StoryOrder } from '../store/story.ts';

/** One thing that happened, for people: when, at which step, and what. */
export interface StoryLine {
  readonly at: string;
  readonly step: string;
  readonly says: string;
  /** Lines under it: texts, verdicts, evidence. */
  readonly details: readonly string[];
}

/** A run's whole story as lines in the order of time, from the ledger alone. */
export function tellStory(story: Story): readonly StoryLine[] {
  const lines: StoryLine[] = [
    ...story.runs.flatMap((run) => [
      {
        at: run.startedAt,
        step: 'start',
        says: `run ${run.runId} (${run.mode}), brand folder ${run.brandDigest.slice(0, 12)}`,
        details: [],
      },
      ...(run.endedAt === null
        ? []
        : [
            {
              at: run.endedAt,
              step: 'end',
              says: run.outcome === null ? (run.says ?? '') : `${run.outcome}: ${run.says}`,
              details: run.surfaces.map(
                (surface) => `${surface.kind} ${surface.surfaceId}: ${surface.outcome} – ${surface.says}`,
              ),
            },
          ]),
    ]),
    ...story.resolutions.map(({ at, snapshot, surfaces, unusable }) => ({
      at,
      step: 'resolve',
      says: `${snapshot.name} (${snapshot.state}), campaign ${snapshot.campaign.name}; ${surfaces.length} surface(s)`,
      details: [
        ...surfaces.map(
          (surface) =>
            `${surface.kind} ${surface.surfaceId}${surface.dark ? ' (dark)' : ''} of ${surface.identityId ?? 'unknown'}`,
        ),
        ...unusable.map(tellUnusable),
        ...snapshot.landingUrls.map((landing) => `landing page ${landing.url} (${landing.foundIn})`),
      ],
    })),
    ...story.judgements.map((judgement) => ({
      at: judgement.at,
      step: 'validate',
      says: `${judgement.surfaceId}: ${judgement.verdict ?? 'not judged'}${judgement.outcome ? ` → ${judgement.outcome}` : ''}, facts ${judgement.factsId}`,
      details: [
        ...('text' in judgement.proposal
          ? [`text: ${judgement.proposal.text}`, `bytes: ${judgement.proposal.bytesHash}`]
          : [judgement.proposal.problem]),
        ...judgement.verdicts.map((verdict) => `${verdict.verdict.padEnd(5)} ${verdict.rule}: ${verdict.says}`),
      ],
    })),
    ...story.releases.map(({ at, surfaceId, by, why }) => ({
      at,
      step: 'release',
      says: `${surfaceId} approved by ${by}: ${why}`,
      details: [],
    })),
    ...story.rejections.map(({ at, by, why }) => ({ at, step: 'release', says: `rejected by ${by}: ${why}`, details: [] })),
    ...story.claims.map((claim) => ({
      at: claim.at,
      step: 'publish',
      says: `claim on ${claim.surfaceId}: ${claim.state}, epoch ${claim.epoch}, held by ${claim.workflowId}`,
      details: [],
    })),
    ...story.attempts.map((attempt) => ({
      at: attempt.at,
      step: 'publish',
      says: `attempt ${attempt.n}${attempt.edits === null ? '' : ` to edit ${attempt.edits}`} on ${attempt.surfaceId} (${attempt.attemptId}): ${attempt.result ? attempt.result.kind : 'no result yet'}`,
      details: attempt.records.map((record) => `${record.at} ${record.by}: ${JSON.stringify(record.result)}`),
    })),
    ...story.publications.map((publication) => ({
      at: publication.at,
      step: 'publish',
      says: `comment ${publication.commentId} on ${publication.surfaceId} (${publication.origin})`,
      details: [publication.text],
    })),
    ...story.publications.flatMap(({ commentId, removed }) =>
      removed === null
        ? []
        : [
            {
              at: removed.at,
              step: 'remove',
              says: `comment ${commentId} removed by ${removed.by}: ${removed.says}`,
              details: [],
            },
          ],
    ),
    ...story.visibility.map((look) => ({
      at: look.at,
      step: 'verify',
      says: `${look.commentId} ${look.visible ? 'visible' : 'not visible'}${look.rank === null ? '' : `, place ${look.rank} of ${look.of}`}: ${look.says}`,
      details: [],
    })),
    ...story.plannedLooks.map((look) => ({
      at: look.at,
      step: 'verify',
      says: `later look at ${look.commentId} ${stateOfLook(look, story)}`,
      details: [],
    })),
    ...story.baselines.map((baseline) => ({
      at: baseline.at,
      step: 'baseline',
      says: baseline.delivered
        ? `${baseline.since} to ${baseline.until}: ${baseline.impressions} impressions, ${baseline.clicks} clicks, ${baseline.spend} ${baseline.currency}`
        : `${baseline.since} to ${baseline.until}: the ad had not delivered; explicit zeros kept`,
      details: [],
    })),
    ...story.orders.flatMap(orderLines),
    ...story.withdrawn.map(({ at, commentId, removed, edited, says, orderId }) => ({
      at,
      step: 'order',
      says: `comment ${commentId} was ${edited ? 'edited' : removed ? 'removed' : 'not removed'}: ${says}`,
      details: [`order ${orderId}`],
    })),
    ...story.incidents.map((incident) => ({
      at: incident.at,
      step: 'incident',
      says: `${incident.kind}: ${incident.did}`,
      details: [JSON.stringify(incident.evidence)],
    })),
  ];
  return lines.sort((one, other) => one.at.localeCompare(other.at));
}

function orderLines({ at, orderId, criteria, by, why, liftedAt, liftedBy, liftedWhy }: StoryOrder): StoryLine[] {
  const details = [`order ${orderId}`];
  const given = { at, step: 'order', says: `${by} ordered a withdrawal (${tellCriteria(criteria)}): ${why}`, details };
  if (liftedAt === null) return [given];
  return [given, { at: liftedAt, step: 'order', says: `${liftedBy} lifted the withdrawal: ${liftedWhy}`, details }];
}

/** The story as text for a terminal. */
export function storyText(story: Story): string {
  const head = [formatAd(story.ad), `market: ${story.marketId ?? 'not decided'}`, ''];
  const waits = story.waiting.map(
    (waiting) => `waits now: ${waiting.reason} (${waiting.key})${waiting.until ? ` until ${waiting.until}` : ''}`,
  );
  const body = tellStory(story).flatMap(({ at, step, says, details }) => [
    `${at.slice(0, 19).replace('T', ' ')}  ${step.padEnd(9)} ${says}`,
    ...details.map((detail) => `${' '.repeat(32)}${detail.replaceAll('\n', `\n${' '.repeat(32)}`)}`),
  ]);
  return [...head, ...body, ...(waits.length > 0 ? ['', ...waits] : [])].join('\n');
}

/** A comment that was removed needs no look, whatever was planned for it. */
function stateOfLook({ at, doneAt, commentId }: Story['plannedLooks'][number], { publications }: Story): string {
  if (doneAt !== null) return `was done ${doneAt}`;
  if (publications.some((each) => each.commentId === commentId && each.removed !== null))
    return 'is not needed: the comment was removed';
  return Date.parse(at) > Date.now() ? 'is planned' : 'is due';
}
