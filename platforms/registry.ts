import type { Platform } from '../domain/ad.ts';
import type { PlatformAdapter } from './platform.ts';

/** Finds the adapter of a platform, so that nobody else names one. */
export type PlatformRegistry = (platform: Platform) => PlatformAdapter;

/** A registry of the given adapters; the lookup throws for a platform that none of them speaks. */
export function createRegistry(adapters: readonly PlatformAdapter[]): PlatformRegistry {
  const known = new Map(adapters.map((adapter) => [adapter.platform, adapter]));
  return (platform) => {
    const adapter = known.get(platform);
    if (!adapter) throw new Error(`no adapter for platform "${platform}"; configured: ${[...known.keys()].join(', ') || 'none'}`);
    return adapter;
  };
}
