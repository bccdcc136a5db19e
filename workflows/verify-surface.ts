import { CancellationScope } from '@temporalio/workflow';
import type { SurfaceInput } from '../activities/contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { showDetails } from './describe.ts';
import { reads } from './policies.ts';
import { enterStage, note, type Place, type Run } from './run.ts';
import type { Step } from './step.ts';
import { patiently, unlessRefused } from './waiting.ts';

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
    const { verify } = reads(run.input.ad.platform, `read back ${commentId} on ${formatSurface(place.surface)}`);
    const verified = await unlessRefused(patiently(run, place, () => verify({ ...input, commentId, publishedAt })));
    if (verified.kind === 'refused')
      return { kind: 'end', outcome: 'unconfirmed', says: `published, but it could not be read back: ${verified.why}` };
    if (verified.kind !== 'unconfirmed' && verified.permalink) note(place, { permalink: verified.permalink });
    if (verified.kind !== 'visible') return { kind: 'end', outcome: verified.kind, says: verified.says };
    note(place, { rank: { rank: verified.rank, of: verified.of } });
    return { kind: 'end', outcome: 'visible', says: `visible, place ${verified.rank} of ${verified.of} in the thread` };
  });
}
