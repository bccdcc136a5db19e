import { z } from 'zod';
import type { AdRef } from '../../domain/ad.ts';

const adNode = z.object({ record: z.object({ creative_id: z.string() }) });

/**
 * Gives an ad of the sandbox another creative, as a buyer's edit does. `false` when it has that creative already: the edit
 * was made by an earlier start, and the sandbox remembers.
 */
export async function editAd(sandboxUrl: string, { adId }: AdRef, creative: string): Promise<boolean> {
  const url = `${sandboxUrl}/control/objects/${adId}`;
  const { record } = adNode.parse(await answerOf(await fetch(url, { signal: AbortSignal.timeout(10_000) })));
  if (record.creative_id === creative) return false;
  await answerOf(
    await fetch(url, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ creative_id: creative }),
      signal: AbortSignal.timeout(10_000),
    }),
  );
  return true;
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  throw new Error(`the sandbox refused to edit the ad (${response.status}): ${await response.text()}`);
}
