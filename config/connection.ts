import type { Brand, Profile } from '../domain/brand.ts';
import { UserError } from '../domain/user-error.ts';
import { SANDBOX_PROFILE } from './checks/connections.ts';
import { suggest } from './did-you-mean.ts';
import type { Settings } from './environment.ts';

/**
 * The connection settings that the chosen profile names. The sandbox's address follows its port or URL of the
 * environment; no other profile's address can be moved from outside. Throws a `UserError` for an unknown profile and for
 * one that would send its token over plain http.
 */
export function connectionOf(
  brand: Pick<Brand, 'profiles'>,
  settings: Pick<Settings, 'profile' | 'sandboxPort' | 'sandboxUrl'>,
): Profile {
  const known = Object.keys(brand.profiles);
  const profile = known.includes(settings.profile) ? brand.profiles[settings.profile] : undefined;
  if (!profile) {
    throw new UserError(
      `The brand folder has no profile "${settings.profile}" in connections.yaml: ${suggest(settings.profile, known)}. Set FIRST_COMMENT_PROFILE.`,
    );
  }
  if (profile.name === SANDBOX_PROFILE) {
    const baseUrl = settings.sandboxUrl ?? `http://127.0.0.1:${settings.sandboxPort}`;
    return { ...profile, meta: { ...profile.meta, baseUrl: baseUrl.replace(/\/+$/, '') } };
  }
  if (!profile.meta.baseUrl.startsWith('https://')) {
    throw new UserError(
      `Profile ${profile.name} would send its token over plain http. Write an https:// baseUrl for it in connections.yaml.`,
    );
  }
  return profile;
}
