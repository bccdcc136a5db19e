import { z } from 'zod';

const shape = z.object({ surfaces: z.array(z.object({ objectId: z.string(), ours: z.number() })) });

/** What the sandbox's own write log says stands at the end: our comments, and those beyond the first on a surface. */
export async function readTruth(sandboxUrl: string): Promise<{ readonly comments: number; readonly duplicatesAtEnd: number }> {
  const response = await fetch(`${sandboxUrl}/control/truth`, { signal: AbortSignal.timeout(10_000) });
  const { surfaces } = shape.parse(await response.json());
  return {
    comments: surfaces.reduce((sum, { ours }) => sum + ours, 0),
    duplicatesAtEnd: surfaces.reduce((sum, { ours }) => sum + Math.max(0, ours - 1), 0),
  };
}
