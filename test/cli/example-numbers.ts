import { join } from 'node:path';
import { type ExampleAd, loadExampleAds } from '../../config/example-ads.ts';
import { formatProblem } from '../../config/problem.ts';

/** What a whole run of an example must come to, counted from its own `ads.yaml`. */
export interface ExampleNumbers {
  readonly runs: number;
  /** Comments of ours that stand at the end, each on a surface of its own. */
  readonly comments: number;
  /** Executions of a first start: an ad that is edited runs twice. */
  readonly executions: number;
}

export function exampleNumbers(folder = 'examples/brightloom'): ExampleNumbers {
  const loaded = loadExampleAds(join(folder, 'ads.yaml'));
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  const { ads, groups } = loaded;
  return {
    runs: ads.length,
    comments: groups.length + ads.reduce((sum, ad) => sum + commentsOf(ad), 0),
    executions: ads.length + ads.filter(({ edit }) => edit).length,
  };
}

/** A hidden comment stands too; an edited ad leaves one on its old post. */
function commentsOf({ expected, edit }: ExampleAd): number {
  if (expected.kind === 'group') return 0;
  const standing = Object.values(expected.surfaces).filter((outcome) => outcome === 'visible' || outcome === 'hidden');
  return standing.length + (edit ? 1 : 0);
}
