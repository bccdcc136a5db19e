import type { PlatformTruth } from './truths.ts';
import type { PlannedSurface } from './world.ts';

/** A surface beside what became of it: counted alike for the product and for the job table. */
export interface OnPlatform {
  readonly surface: PlannedSurface;
  readonly platform: PlatformTruth;
}

export const NOTHING_THERE: PlatformTruth = { written: [], mostAtOnce: 0, standing: [] };

/** Ours that stand at the end. */
export function comments(seen: readonly OnPlatform[]): number {
  return seen.reduce((sum, { platform }) => sum + platform.standing.length, 0);
}

/** One sentence for each comment beyond the first that ever stood there. */
export function duplicatesEver({ surface: { surfaceId }, platform: { mostAtOnce } }: OnPlatform): readonly string[] {
  const says = `${surfaceId}: ${mostAtOnce} of ours stood there at once`;
  return Array.from({ length: Math.max(0, mostAtOnce - 1) }, () => says);
}

/** One sentence for each comment that stands beside the first. */
export function duplicatesAtEnd({ surface: { surfaceId }, platform: { standing } }: OnPlatform): readonly string[] {
  return standing.slice(1).map(({ id }) => `${surfaceId}: ${id} stands beside ${standing[0]?.id}`);
}
