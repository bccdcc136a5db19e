import { join } from 'node:path';
import { loadExampleAds } from '../../config/example-ads.ts';
import { formatProblem } from '../../config/problem.ts';
import { type AdRef, formatAd } from '../../domain/ad.ts';
import { UserError } from '../../domain/user-error.ts';
import { createCleanup } from '../cleanup.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { firstUnhandled } from '../unhandled.ts';
import { stopRequested } from '../wait-for-stop.ts';
import { editAd } from './edit-ad.ts';
import { judgeExample } from './judge-example.ts';
import { createLiveTable } from './live-table.ts';
import { playAd } from './play-ad.ts';
import { createProgress } from './progress.ts';
import { bringUp, type Services } from './services.ts';
import { type Summary, summarise, summaryText } from './summary.ts';
import { readTruth } from './truth.ts';

/** Brings everything up, runs the example, and stays until asked to stop – or, with `once`, until all runs are done. */
export async function start(context: Context, once: boolean): Promise<ExitCode> {
  const began = performance.now();
  const cleanup = createCleanup();
  const stop = stopRequested();
  const unhandled = firstUnhandled();
  try {
    if (context.profile().name !== 'sandbox')
      throw new UserError(
        '"start" runs the example against the sandbox. Unset FIRST_COMMENT_PROFILE, or use "first-comment worker" and "run".',
      );
    context.refuseOtherStack();
    const services = await bringUp(context, createProgress(), cleanup);
    const work = runExample(context, services, once, began);
    const broken = Promise.race([unhandled, diesWith(services.workerEnded)]);
    const first = await Promise.race([work, stop, broken]);
    if (typeof first === 'string') return EXIT.no;
    if (!once) {
      process.stderr.write('Everything stays up. Ctrl-C stops what was started here.\n');
      await Promise.race([stop, broken]);
    }
    return first.asExpected === first.runs && first.duplicatesAtEnd === 0 ? EXIT.done : EXIT.no;
  } finally {
    await cleanup.run();
  }
}

/** Nothing here carries runs once the worker has stopped, whether it said why or not. */
async function diesWith(workerEnded: Promise<void>): Promise<never> {
  await workerEnded;
  throw new Error('The worker stopped by itself; its log tells more.');
}

async function runExample(context: Context, services: Services, once: boolean, began: number): Promise<Summary> {
  const example = loadExampleAds(join(context.settings.brandFolder, 'ads.yaml'));
  if (!example.ok) throw new UserError(`The example's ads cannot be read:\n${example.problems.map(formatProblem).join('\n')}`);
  const out = context.json ? process.stderr : process.stdout;
  const live = createLiveTable(
    example.ads.map(({ ad }) => formatAd(ad)),
    out,
  );
  const { client, sandboxUrl } = services;
  const stage = { client, edit: (ad: AdRef, creative: string) => editAd(sandboxUrl, ad, creative) };
  const played = await Promise.all(example.ads.map((each, index) => playAd(stage, each, (state) => live.show(index, state))));
  live.finish();
  const checked = judgeExample(
    example,
    played.map(({ end }) => end),
  );
  // With `once` what was started here goes down now, and links to it would lead nowhere.
  const { adopted, temporalUi } = services;
  const ui = temporalUi && (adopted.temporal || !once) ? `${temporalUi}/namespaces/${services.namespace}/workflows` : null;
  const summary = summarise(played, checked, {
    ...(await readTruth(sandboxUrl)),
    seconds: Math.round((performance.now() - began) / 100) / 10,
    temporalUi: ui,
    feed: adopted.sandbox || !once ? `${sandboxUrl}/feed` : null,
  });
  out.write(summaryText(summary, checked));
  if (context.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary;
}
