import { join } from 'node:path';
import { z } from 'zod';
import { isRunning, processMarkSchema, readRecord, removeRecord, writeRecord } from './process-record.ts';
import { livingUsers, usersSchema } from './users.ts';

/** Who runs the dev server of a state folder, where, and who uses it. Kept in `temporal.json` there. */
const recordSchema = z.strictObject({
  server: processMarkSchema,
  port: z.int().positive(),
  uiPort: z.int().positive(),
  startedAt: z.iso.datetime(),
  users: usersSchema,
});
export type TemporalRecord = Readonly<z.infer<typeof recordSchema>>;

/** The record of a server that runs, without its dead users; null when there is none or it has ended. */
export function readTemporalRecord(stateDir: string): TemporalRecord | null {
  const record = readRecord(recordPath(stateDir), recordSchema);
  if (record === null || !isRunning(record.server)) return null;
  return { ...record, users: livingUsers(record.users) };
}

export function writeTemporalRecord(stateDir: string, record: TemporalRecord): void {
  writeRecord(recordPath(stateDir), record);
}

export function removeTemporalRecord(stateDir: string): void {
  removeRecord(recordPath(stateDir));
}

export function addressOf(record: Pick<TemporalRecord, 'port'>): string {
  return `127.0.0.1:${record.port}`;
}

export function uiUrlOf(record: Pick<TemporalRecord, 'uiPort'>): string {
  return `http://127.0.0.1:${record.uiPort}`;
}

function recordPath(stateDir: string): string {
  return join(stateDir, 'temporal.json');
}
