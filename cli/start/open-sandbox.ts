import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Profile } from '../../domain/brand.ts';
import { UserError } from '../../domain/user-error.ts';
import { readWorld, type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { standBy } from './stand-by.ts';

export interface SandboxRequest {
  readonly brandFolder: string;
  /** 0: one that is free. */
  readonly sandboxPort: number;
  /** Where a start beside this one serves the sandbox by its own word; `null` when there is none. */
  readonly servedAt: string | null;
  readonly host?: string;
  readonly stateDir: string;
  readonly profile: Profile;
  readonly secret: (name: string) => string;
  /** Told when the process that served the sandbox has ended and we serve it from then on. */
  readonly onTakeOver: (says: string) => void;
}

export interface OpenSandbox {
  readonly url: string;
  /** `true` when another process serves it already; while that lives, closing leaves it alone. */
  readonly adopted: boolean;
  close(): Promise<void>;
}

type Secrets = { readonly appSecret: string; readonly systemUserToken: string };

const health = z.object({ service: z.literal('first-comment-sandbox') });

/**
 * Serves the sandbox, or uses the one that already answers on the port and takes its place when it ends: its state is on
 * disk. A stranger on the port is a mistake to mend.
 */
export async function openSandbox(request: SandboxRequest): Promise<OpenSandbox> {
  const { profile, secret, servedAt } = request;
  // Any free port is as good as the one on which it is served already: two would write the same state.
  const sandboxPort = request.sandboxPort === 0 && servedAt !== null ? Number(new URL(servedAt).port) : request.sandboxPort;
  const url = `http://127.0.0.1:${sandboxPort}`;
  const secrets = { appSecret: secret(profile.meta.appSecretEnv), systemUserToken: secret(profile.meta.systemUserTokenEnv) };
  if (sandboxPort !== 0 && (await answersAsSandbox(url))) {
    if (!(await knowsUs(url, profile, secrets))) throw portTaken(sandboxPort, 'the sandbox of another checkout');
    const standIn = standBy(sandboxPort, async () => {
      const sandbox = await serve({ ...request, sandboxPort }, secrets);
      if (sandbox) request.onTakeOver(`the process that served ${url} has ended; this one serves it now`);
      return sandbox;
    });
    return { url, adopted: true, close: () => standIn.close() };
  }
  const sandbox = await serve(request, secrets);
  if (!sandbox) throw portTaken(sandboxPort, 'another program');
  return { url: sandbox.url, adopted: false, close: () => sandbox.close() };
}

/** `null` when somebody else listens on the port. */
async function serve(request: SandboxRequest, secrets: Secrets): Promise<Sandbox | null> {
  const { sandboxPort, brandFolder, stateDir, host } = request;
  const world = readWorld(join(brandFolder, 'sandbox-world.yaml'));
  try {
    return await startSandbox({ port: sandboxPort, world, stateDir, secrets, ...(host ? { host } : {}) });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    if ((cause as NodeJS.ErrnoException | null)?.code !== 'EADDRINUSE') throw error;
    return null;
  }
}

function portTaken(port: number, by: string): UserError {
  return new UserError(
    `Port ${port} for the sandbox is taken by ${by}. Stop it, or set FIRST_COMMENT_SANDBOX_PORT to a free port.`,
  );
}

/** Whether the sandbox on that port was started with our secrets: it then keeps our state, and only then may it be used. */
async function knowsUs(url: string, profile: Profile, secrets: Secrets): Promise<boolean> {
  const proof = createHmac('sha256', secrets.appSecret).update(secrets.systemUserToken).digest('hex');
  const response = await fetch(`${url}/${profile.meta.graphVersion}/me?appsecret_proof=${proof}`, {
    headers: { authorization: `Bearer ${secrets.systemUserToken}` },
    signal: AbortSignal.timeout(2_000),
  });
  return response.ok;
}

async function answersAsSandbox(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/control/health`, { signal: AbortSignal.timeout(1_000) });
    return health.safeParse(await response.json()).success;
  } catch {
    return false;
  }
}
