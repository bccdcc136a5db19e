import { sql } from 'kysely';
import type { Db } from './connect.ts';

export interface NewIncident {
  readonly kind: string;
  readonly surfaceId: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly did: string;
}

/** Keeps something that an operator must know of, with what was done about it. */
export async function recordIncident(db: Db, incident: NewIncident): Promise<void> {
  await sql`
    insert into incidents (kind, surface_id, evidence, did)
    values (${incident.kind}, ${incident.surfaceId}, ${JSON.stringify(incident.evidence)}, ${incident.did})`.execute(db);
}
