import { startSandbox, type WorldSeed } from '../sandbox/server.ts';
import { serveAsChild } from './child-process.ts';

export interface SandboxInput {
  /** Any free one unless given. */
  readonly port?: number;
  /** Where it keeps what happened; without it a kill forgets all. */
  readonly stateDir?: string;
  readonly world: WorldSeed;
  readonly secrets: { readonly appSecret: string; readonly systemUserToken: string };
}

await serveAsChild(async (input: SandboxInput) => {
  const sandbox = await startSandbox({ port: 0, ...input });
  return { ready: { url: sandbox.url }, stop: () => sandbox.close() };
});
