import { connectionOf } from '../config/connection.ts';
import { readSecret } from '../config/environment.ts';
import { createMetaAdapter } from '../platforms/meta/index.ts';
import type { PlatformAdapter } from '../platforms/platform.ts';
import type { Context } from './context.ts';
import { sandboxSecretReader } from './start/secrets.ts';

/** The chosen profile's platform, opened for as long as `work` takes; asked as the worker asks it. */
export async function withAdapter<T>(
  { settings, stack, brand }: Context,
  work: (adapter: PlatformAdapter) => Promise<T>,
): Promise<T> {
  // The sandbox of `npm start` may listen on a port of its own choice.
  const profile = connectionOf(brand(), { ...settings, sandboxUrl: settings.sandboxUrl ?? stack?.sandboxUrl ?? null });
  const { appSecretEnv, systemUserTokenEnv, ...connection } = profile.meta;
  const local = profile.name === 'sandbox';
  const secret = local ? sandboxSecretReader(settings.home, profile) : readSecret;
  const adapter = createMetaAdapter({
    ...connection,
    plainHttp: local,
    secrets: () => ({ appSecret: secret(appSecretEnv), systemUserToken: secret(systemUserTokenEnv) }),
  });
  try {
    return await work(adapter);
  } finally {
    await adapter.close();
  }
}
