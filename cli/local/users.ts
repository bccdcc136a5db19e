import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isRunning, markProcess, processMarkSchema } from './process-record.ts';

const userSchema = z.strictObject({ id: z.string(), process: processMarkSchema });

/** Who uses a local service: each call that was given it. The last one to leave stops it. */
export const usersSchema = z.array(userSchema);
export type User = Readonly<z.infer<typeof userSchema>>;

/** A new use of a service by this process. */
export function newUser(): User {
  return { id: randomUUID(), process: markProcess(process.pid) };
}

/** A user whose process is dead does not count. */
export function livingUsers(users: readonly User[]): User[] {
  return users.filter((user) => isRunning(user.process));
}
