import { setTimeout as sleep } from 'node:timers/promises';
import type { FirstCommentClient } from '../../client/index.ts';
import type { AdRef } from '../../domain/ad.ts';
import type { RunState } from '../../workflows/messages.ts';

/** An ad to run, and the word that the example's script gives when the run asks for one. */
export interface ScriptedAd {
  readonly ad: AdRef;
  readonly approve: { readonly by: string; readonly why: string } | null;
}

const POLL_MS = 400;

/** Starts one run and follows it to its end, telling every state seen. Approves where the script says so. */
export async function followRun(
  client: FirstCommentClient,
  scripted: ScriptedAd,
  onState: (state: RunState) => void,
): Promise<RunState> {
  const { ad, approve } = scripted;
  await client.start(ad);
  let ended = false;
  const result = client.result(ad).finally(() => {
    ended = true;
  });
  // The loop below may throw first; the result's own failure is then reported by the caller, not as unhandled.
  result.catch(() => undefined);
  while (!ended) {
    const state = await client.state(ad);
    onState(state);
    if (approve && state.wait?.reason === 'awaiting-approval') await client.approve(ad, approve);
    await Promise.race([result.catch(() => undefined), sleep(POLL_MS)]);
  }
  const final = await result;
  onState(final);
  return final;
}
