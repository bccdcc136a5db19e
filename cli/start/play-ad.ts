import type { FirstCommentClient } from '../../client/index.ts';
import type { AdEdit } from '../../config/example-ads.ts';
import type { AdRef } from '../../domain/ad.ts';
import type { RunState } from '../../workflows/messages.ts';
import { followRun, type ScriptedAd } from './run-example.ts';

/** What became of an ad: the end of its last run, and of those before an edit. */
export interface PlayedAd {
  readonly end: RunState;
  readonly before: readonly RunState[];
}

/** What the example's script reaches into. */
export interface Stage {
  readonly client: FirstCommentClient;
  /** Gives the ad another creative; `false` when it has it already. */
  readonly edit: (ad: AdRef, creative: string) => Promise<boolean>;
}

/** Runs one ad as its script says: to its end, and where an edit follows, once more after the edit. */
export async function playAd(
  { client, edit }: Stage,
  scripted: ScriptedAd & { readonly edit: AdEdit | null },
  onState: (state: RunState) => void,
): Promise<PlayedAd> {
  const first = await followRun(client, scripted, onState);
  // An ad that was not covered stays as it is: its end says what is wrong.
  const due = scripted.edit !== null && first.outcome === 'visible';
  if (!due || !(await edit(scripted.ad, scripted.edit.creative))) return { end: first, before: [] };
  return { end: await followRun(client, scripted, onState), before: [first] };
}
