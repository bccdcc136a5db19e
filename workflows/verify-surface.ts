import { CancellationScope } from '@temporalio/workflow';
import type { SurfaceInput } from '../activities/claim-contract.ts';
import type { Repaired } from '../activities/repair-contract.ts';
import type { Verified } from '../activities/verify-contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { beforeTryingAgain } from './backoff.ts';
import { showDetails } from './describe.ts';
import { type Refused, unlessRefused } from './failures.ts';
import { reads, removing } from './policies.ts';
import { enterStage, note, type Place, type Run } from './run.ts';
import { showText } from './standing.ts';
import type { Step } from './step.ts';
import { patiently } from './waiting.ts';

/** So often a second comment is repaired before a person is asked. */
const MOST_REPAIRS = 4;

/** Reads the comment back until people can see it, or the window has passed. What was sent is verified even when cancelled. */
export async function verifySurface(
  run: Run,
  place: Place,
  input: SurfaceInput,
  commentId: string,
  publishedAt: string,
): Promise<Step> {
  enterStage(run, place, 'verify');
  place.publishedAt = publishedAt;
  note(place, { commentId, says: 'published; reading it back as the platform shows it' });
  showDetails(run);
  return CancellationScope.nonCancellable(async () => {
    const verified = await verifyOnlyOne(run, place, input, { commentId, publishedAt });
    if (verified.kind === 'refused')
      return { kind: 'end', outcome: 'unconfirmed', says: `published, but it could not be read back: ${verified.why}` };
    if (verified.kind === 'second-comment') {
      return { kind: 'end', outcome: 'unconfirmed', says: `${verified.says}; it could not be mended, so a person must look` };
    }
    if ('permalink' in verified && verified.permalink) note(place, { permalink: verified.permalink });
    if (verified.kind !== 'visible') return { kind: 'end', outcome: verified.kind, says: verified.says };
    note(place, { rank: { rank: verified.rank, of: verified.of } });
    const left = place.leftForPerson === null ? '' : `; a person must look: ${place.leftForPerson}`;
    return { kind: 'end', outcome: 'visible', says: `visible, place ${verified.rank} of ${verified.of} in the thread${left}` };
  });
}

/** Verifies; where a second comment of ours turns up, one of them stays and is verified instead (protocol j). */
async function verifyOnlyOne(
  run: Run,
  place: Place,
  input: SurfaceInput,
  first: { readonly commentId: string; readonly publishedAt: string },
): Promise<Verified | Refused> {
  let target = first;
  let dealtWith: readonly string[] | null = null;
  for (let repairs = 0; ; repairs += 1) {
    const { verify } = reads(run.input.ad.platform, `read back ${target.commentId} on ${formatSurface(place.surface)}`);
    const edited = target.commentId === input.edits?.commentId ? place.state.edited : undefined;
    const must = edited === undefined ? {} : { mustRead: edited };
    const request = { ...input, ...target, ...must, ...(dealtWith ? { dealtWith } : {}) };
    const verified = await unlessRefused(patiently(run, place, () => verify(request)));
    if (verified.kind !== 'second-comment' || repairs === MOST_REPAIRS) return verified;
    note(place, { says: verified.says });
    showDetails(run);
    const repaired = await repairSurface(run, place);
    if (repaired.kind === 'refused') return repaired;
    if (repaired.kind === 'held') {
      await beforeTryingAgain(repairs + 1, `${repaired.by} repairs ${formatSurface(place.surface)}`);
      continue;
    }
    place.leftForPerson = repaired.needsPerson;
    dealtWith = repaired.dealtWith;
    if (!repaired.survivor) continue;
    const { commentId, publishedAt, text } = repaired.survivor;
    target = { commentId, publishedAt };
    place.publishedAt = publishedAt;
    showText(place, text);
    note(place, { commentId });
  }
}

function repairSurface(run: Run, place: Place): Promise<Repaired | Refused> {
  const { repair } = removing(run.input.ad.platform, `leave one comment of ours on ${formatSurface(place.surface)}`);
  const request = { surface: place.state.surface, workflowId: run.ref.workflowId };
  return unlessRefused(patiently(run, place, () => repair(request)));
}
