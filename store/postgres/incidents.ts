import { sql } from 'kysely';
import type { NewIncident } from '../sweeping.ts';
import type { Db } from './connect.ts';

/** Keeps something that an operator must know of, with what was done about it. `isNew`: it was not raised before. */
export async function recordIncident(db: Db, incident: NewIncident): Promise<{ readonly isNew: boolean }> {
  const raised = await sql`
    insert into incidents (kind, surface_id, evidence, did, once)
    values (${incident.kind}, ${incident.surfaceId}, ${JSON.stringify(incident.evidence)}, ${incident.did}, ${incident.once ?? null})
    on conflict (once) do nothing returning incident_id`.execute(db);
  return { isNew: raised.rows.length > 0 };
}
