import { connectClient, FirstCommentClient, formatAd, parseAd, type TemporalSettings } from '../client/index.ts';

/**
 * What a pipeline does after it has created an ad: start the ad's run and wait for its end. Answers one sentence.
 * Without `settings` the server is the one of TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, as for every Temporal tool.
 */
export async function commentNewAd(text: string, settings: Partial<TemporalSettings> = {}): Promise<string> {
  const parsed = parseAd(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  const { ad } = parsed;

  const { client, close } = await connectClient(settings);
  try {
    const runs = new FirstCommentClient(client);
    // Safe to repeat: a second start of a running run is that run, one of a closed run finds the comment there.
    await runs.start(ad);
    // A run may wait for days, for an approval say. A pipeline that cannot wait asks `runs.state(ad)` later.
    const end = await runs.result(ad);
    return `${formatAd(ad)}: ${end.outcome} – ${end.says}`;
  } finally {
    await close();
  }
}
