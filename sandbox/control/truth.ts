import { hiddenAt } from '../world/comment.ts';
import type { WorldState } from '../world/state.ts';
import type { WriteEntry } from '../world/write-log.ts';

/** What really stands on a surface, whatever any list or answer said. */
export interface SurfaceTruth {
  readonly objectId: string;
  readonly network: 'facebook' | 'instagram';
  /** Comments written through the API by our app that still stand, hidden ones included. */
  readonly ours: number;
  readonly hidden: number;
  /** How many of ours were ever created here, deleted ones included. */
  readonly everCreated: number;
  /** Most of ours that stood here at the same time. */
  readonly mostAtOnce: number;
  readonly texts: readonly string[];
}

/** The truth of every surface of the world. */
export function truthOf(state: WorldState, now: number): { surfaces: readonly SurfaceTruth[] } {
  const app = state.world.app.id;
  const byObject = new Map<string, WriteEntry[]>();
  for (const entry of state.writes) {
    if (entry.via !== 'api' || entry.applicationId !== app) continue;
    byObject.set(entry.objectId, [...(byObject.get(entry.objectId) ?? []), entry]);
  }
  const threads = [...state.all('post'), ...state.all('media')];
  const surfaces = threads.map(({ kind, record }): SurfaceTruth => {
    const ours = state.commentsOf(record.id).filter((comment) => comment.via === 'api' && comment.application_id === app);
    let [standing, mostAtOnce, everCreated] = [0, 0, 0];
    for (const { action } of byObject.get(record.id) ?? []) {
      if (action === 'created') everCreated += 1;
      standing += action === 'created' ? 1 : action === 'deleted' ? -1 : 0;
      mostAtOnce = Math.max(mostAtOnce, standing);
    }
    return {
      objectId: record.id,
      network: kind === 'post' ? 'facebook' : 'instagram',
      ours: ours.length,
      hidden: ours.filter((comment) => hiddenAt(comment, now)).length,
      everCreated,
      mostAtOnce,
      texts: ours.map((comment) => comment.message),
    };
  });
  return { surfaces };
}
