import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { SandboxInput } from '../sandbox-process.ts';
import { MARKETS } from '../world.ts';
import { insistently } from './servers.ts';
import { inLanes, rows } from './truths.ts';

export interface LeakPlaces {
  readonly home: string;
  readonly sandboxUrl: string;
  readonly databaseUrl: string;
  readonly client: Client;
  readonly secrets: SandboxInput['secrets'];
}

/** The places that hold a secret: app secret, tokens of the system user and of the Pages, and their proofs. */
export async function findLeaks(places: LeakPlaces): Promise<readonly string[]> {
  const secrets = await allSecrets(places);
  const leaks: string[] = [];
  const search = (place: string, text: string) => {
    if (secrets.some((secret) => text.includes(secret))) leaks.push(place);
  };
  for (const [place, text] of filesOf(places.home)) search(place, text);
  for (const [place, text] of await tablesOf(places.databaseUrl)) search(place, text);
  await inLanes(await allExecutions(places.client), async ({ workflowId, runId }) => {
    const history = await insistently('a history is read', () => historyOf(places.client, { workflowId, runId }));
    if (history !== null) search(`history of ${workflowId}`, readable(historyToJSON(history)));
  });
  return leaks;
}

/** `null`: it was deleted, and is still listed. */
async function historyOf(client: Client, { workflowId, runId }: { workflowId: string; runId: string }) {
  try {
    return await client.workflow.getHandle(workflowId, runId).fetchHistory();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** JSON of a history holds its payloads in base64, in which no secret can be read. */
export function readable(historyJson: string): string {
  return historyJson.replaceAll(/"data":\s*"([\w+/=]+)"/g, (_whole, base64: string) => Buffer.from(base64, 'base64').toString());
}

async function allSecrets({ sandboxUrl, secrets: { appSecret, systemUserToken } }: LeakPlaces): Promise<readonly string[]> {
  const proofOf = (token: string) => createHmac('sha256', appSecret).update(token).digest('hex');
  const pageTokens = await Promise.all(
    MARKETS.map(({ page }) =>
      insistently(`the token of Page ${page} is read`, async () => {
        const query = `fields=access_token&appsecret_proof=${proofOf(systemUserToken)}`;
        const headers = { authorization: `Bearer ${systemUserToken}` };
        const answer = await fetch(`${sandboxUrl}/v26.0/${page}?${query}`, { headers });
        const { access_token } = (await answer.json()) as { access_token?: string };
        if (!access_token) throw new Error(`the sandbox gave no token of Page ${page}`);
        return access_token;
      }),
    ),
  );
  const tokens = [systemUserToken, ...pageTokens];
  return [appSecret, ...tokens, ...tokens.map(proofOf)];
}

/** Logs of the workers, and Temporal's database with its log. */
function filesOf(home: string): readonly (readonly [string, string])[] {
  const temporal = readdirSync(join(home, 'temporal')).map((name) => `temporal/${name}`);
  const logs = readdirSync(home).filter((name) => name.endsWith('.log'));
  return [...temporal, ...logs].map((name) => [name, readFileSync(join(home, name), 'latin1')]);
}

async function tablesOf(databaseUrl: string): Promise<readonly (readonly [string, string])[]> {
  const tables = await rows<{ name: string }>(
    databaseUrl,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  return Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await rows<{ all: string | null }>(databaseUrl, `select json_agg(each)::text as all from "${name}" as each`);
      return [`table ${name}`, row?.all ?? ''] as const;
    }),
  );
}

async function allExecutions(client: Client): Promise<readonly { workflowId: string; runId: string }[]> {
  return insistently('Temporal lists all runs', async () => {
    const found: { workflowId: string; runId: string }[] = [];
    for await (const { workflowId, runId } of client.workflow.list()) found.push({ workflowId, runId });
    return found;
  });
}
