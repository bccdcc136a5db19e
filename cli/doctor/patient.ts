import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedBrand, loadBrand } from '../../config/brand.ts';
import { SANDBOX_PROFILE } from '../../config/checks/connections.ts';
import { connectionOf } from '../../config/connection.ts';
import { readSecret } from '../../config/environment.ts';
import { isSecretSet } from '../../config/unknown-settings.ts';
import type { Brand, Profile } from '../../domain/brand.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Finding } from '../../platforms/examiner.ts';
import type { Context } from '../context.ts';
import { sandboxSecretReader } from '../start/secrets.ts';

/** What all groups look at, read once. Whatever is missing is `null`; the group `config` says why. */
export interface Patient {
  readonly context: Context;
  readonly loaded: LoadedBrand;
  readonly brand: Brand | null;
  readonly profile: Profile | null;
  /** Why there is no profile. */
  readonly noProfile: string | null;
  /** Names of the chosen profile's secrets that are not set. */
  readonly missingSecrets: readonly string[];
  readonly secret: (name: string) => string;
  readonly options: DoctorOptions;
}

export interface DoctorOptions {
  /** Whether the Temporal server is probed with short-lived runs. */
  readonly probe: boolean;
  /** `http://host:port` where a worker serves its health. */
  readonly workerHealth: string | null;
}

/** `npm start` brings up what the sandbox needs and nothing else; any other profile has a stack of its own. */
export function localHint({ profile }: Patient, hint: string, otherwise: string): string {
  return profile === null || profile.name === SANDBOX_PROFILE ? hint : otherwise;
}

/** One kind of thing that is looked at. What it has told when its time is over still counts. */
export interface Group {
  readonly name: string;
  readonly timeoutMs: number;
  examine(patient: Patient, tell: (findings: readonly Finding[]) => void, signal: AbortSignal): Promise<void>;
}

export function admit(context: Context, options: DoctorOptions): Patient {
  const loaded = loadBrand(context.settings.brandFolder);
  const brand = loaded.ok ? loaded.brand : null;
  const { profile, noProfile } = brand ? chosen(brand, context) : { profile: null, noProfile: 'the brand folder does not load' };
  const secret = secretReader(context, profile);
  const names = profile ? [profile.meta.appSecretEnv, profile.meta.systemUserTokenEnv] : [];
  return {
    context,
    loaded,
    brand,
    profile,
    noProfile,
    missingSecrets: names.filter((name) => !isThere(secret, name)),
    secret,
    options,
  };
}

function chosen(brand: Brand, { settings, stack }: Context) {
  // The sandbox of `npm start` may listen on a port of its own choice.
  const sandboxUrl = settings.sandboxUrl ?? stack?.sandboxUrl ?? null;
  try {
    return { profile: connectionOf(brand, { ...settings, sandboxUrl }), noProfile: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { profile: null, noProfile: error.message };
  }
}

/** Reads as the worker does, but never makes up the sandbox's secrets: looking changes nothing. */
function secretReader({ settings }: Context, profile: Profile | null): (name: string) => string {
  const made = existsSync(join(settings.home, 'sandbox-secrets.json'));
  if (profile === null || profile.name !== SANDBOX_PROFILE || !made) return (name) => readSecret(name);
  return sandboxSecretReader(settings.home, profile);
}

function isThere(secret: (name: string) => string, name: string): boolean {
  if (isSecretSet(name)) return true;
  try {
    return secret(name) !== '';
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
