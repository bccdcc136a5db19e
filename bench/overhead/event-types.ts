import type { Client } from '@temporalio/client';

const ATTRIBUTES = /^(?<type>\w+)EventAttributes$/;

/** The types of a run's events, in their order, such as `activityTaskScheduled`. */
export async function eventTypes(client: Client, workflowId: string): Promise<readonly string[]> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).map(typeOf);
}

/** An event carries its type as a number and, readable, as the name of the one field of attributes that it has. */
function typeOf(event: object): string {
  const filled = Object.entries(event).find(([name, value]) => ATTRIBUTES.test(name) && value !== null);
  return ATTRIBUTES.exec(filled?.[0] ?? '')?.groups?.type ?? 'unknown';
}
