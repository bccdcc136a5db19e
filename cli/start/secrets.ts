import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readSecret } from '../../config/environment.ts';
import type { Profile } from '../../domain/brand.ts';
import { UserError } from '../../domain/user-error.ts';

/** The sandbox's secrets. Made up once per state directory; worth nothing anywhere else. */
export interface SandboxSecrets {
  readonly appSecret: string;
  readonly systemUserToken: string;
}

const shape = z.strictObject({ appSecret: z.string().min(16), systemUserToken: z.string().min(16) });

/** Reads the secrets of the state directory, or makes and keeps new ones, readable by their owner alone. */
export function sandboxSecrets(stateDir: string): SandboxSecrets {
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, 'sandbox-secrets.json');
  const made = { appSecret: randomBytes(16).toString('hex'), systemUserToken: `EAA${randomBytes(48).toString('base64url')}` };
  try {
    writeFileSync(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new UserError(
      `${file} does not hold the sandbox's secrets. Delete it and ${join(stateDir, 'sandbox')}, then start again.`,
    );
  }
}

/** Secrets of profile `sandbox`: from the environment where it sets them, else those of the state directory. */
export function sandboxSecretReader(
  stateDir: string,
  profile: Profile,
  read: (name: string) => string = readSecret,
): (name: string) => string {
  return (name) => {
    try {
      return read(name);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
    const made = sandboxSecrets(stateDir);
    return name === profile.meta.appSecretEnv ? made.appSecret : made.systemUserToken;
  };
}
