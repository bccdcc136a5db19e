import { sql } from 'kysely';
import type { NewIncident } from '../sweeping.ts';
import type { Db } from './connect.ts';

/** People saw the comment that the incident names, after it. The tables are named `incidents` and `surfaces`. */
export const SEEN_SINCE = sql`exists (select from visibility_looks as seen
  where seen.surface = surfaces.surface and seen.comment_id = evidence ->> 'commentId' and visible and looked_at > happened_at)`;

/**
 * Keeps something that an operator must know of, with what was done about it. `isNew`: it was not raised before, or people saw the
 * comment since, so that it has happened again.
 */
export async function recordIncident(db: Db, incident: NewIncident): Promise<{ readonly isNew: boolean }> {
  if (incident.once !== undefined) await forgetOnce(db, incident.once);
  const raised = await sql`
    insert into incidents (kind, surface_id, evidence, did, once)
    values (${incident.kind}, ${incident.surfaceId}, ${JSON.stringify(incident.evidence)}, ${incident.did}, ${incident.once ?? null})
    on conflict (once) do nothing returning incident_id`.execute(db);
  return { isNew: raised.rows.length > 0 };
}

/**
 * One that is over keeps its row as history, and gives its key to the next. A statement of its own, as the insert would not see
 * the key free in the same one; who dies between the two has lost nothing.
 */
async function forgetOnce(db: Db, once: string): Promise<void> {
  await sql`
    update incidents set once = null from surfaces
    where surfaces.surface_id = incidents.surface_id and once = ${once} and ${SEEN_SINCE}`.execute(db);
}
