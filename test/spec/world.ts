import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { readWorld, type Sandbox, startSandbox, type WorldSeed } from '../../sandbox/server.ts';
import { type Recorder, recordBefore } from './recorder.ts';

/** The example's world: the spec is held against every shape that the example shows. */
export const WORLD = readWorld(join(import.meta.dirname, '../../examples/brightloom/sandbox-world.yaml'));
/** The same, where the system user may read everything, also what belongs to creators. */
export const OPEN_WORLD = { ...WORLD, system_user: { ...WORLD.system_user, pages: 'all' as const, ad_accounts: 'all' as const } };
export const SECRETS = { appSecret: 'app-secret-of-the-spec-test', systemUserToken: 'EAAsystem-user-of-the-spec-test' };
export const USER = WORLD.system_user.id;

/** A post and a media of the example that strangers have commented on already, with those who speak there. */
export const POST = { surfaceId: '4000002_5500002', pageId: '4000002', identityId: '4000002', adId: '23850000002' };
export const MEDIA = { surfaceId: '179000000003', pageId: '4000004', identityId: '17840000004', adId: '23850000003' };

/** One sandbox for all tests of a file that only look, or whose traces do not matter. */
export function sandboxOfThisFile(world: WorldSeed): () => string {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, world, secrets: SECRETS });
  });
  afterAll(() => sandbox?.close());
  return () => {
    if (sandbox === undefined) throw new Error('the sandbox is not open yet');
    return sandbox.url;
  };
}

/** A sandbox with the example's world and a recorder before it; both are closed when the test ends. */
export async function recordedSandbox(world: WorldSeed = WORLD): Promise<Recorder & { readonly sandboxUrl: string }> {
  const sandbox = await startSandbox({ port: 0, world, secrets: SECRETS });
  const recorder = await recordBefore(sandbox.url, USER);
  onTestFinished(async () => {
    await recorder.close();
    await sandbox.close();
  });
  return { ...recorder, sandboxUrl: sandbox.url };
}
