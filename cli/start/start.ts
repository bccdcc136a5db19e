import { join } from 'node:path';
import { type ExampleAds, loadExampleAds } from '../../config/example-ads.ts';
import { formatProblem } from '../../config/problem.ts';
import { type AdRef, formatAd } from '../../domain/ad.ts';
import { tellScope } from '../../domain/scopes.ts';
import { UserError } from '../../domain/user-error.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import type { RunState } from '../../workflows/messages.ts';
import { createCleanup } from '../cleanup.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { firstUnhandled } from '../unhandled.ts';
import { stopRequested } from '../wait-for-stop.ts';
import { editAd } from './edit-ad.ts';
import { judgeExample } from './judge-example.ts';
import { createLiveTable } from './live-table.ts';
import { type PersonWait, type PersonWaits, tellPersonWait, untilOnlyPeople, watchPersonWaits } from './person-waits.ts';
import { playAd } from './play-ad.ts';
import { createProgress } from './progress.ts';
import { bringUp, type Services } from './services.ts';
import { type Summary, summarise, summaryText } from './summary.ts';
import { readTruth } from './truth.ts';

/** So long nothing else may have moved before `--once` gives up on people. */
const ONLY_PEOPLE_MS = 20_000;

/** Brings everything up, runs the example, and stays until asked to stop – or, with `once`, until all runs are done. */
export async function start(context: Context, once: boolean): Promise<ExitCode> {
  const began = performance.now();
  const cleanup = createCleanup();
  const stop = stopRequested();
  const unhandled = firstUnhandled();
  const over = new AbortController();
  let stopped = false;
  try {
    if (context.profile().name !== 'sandbox')
      throw new UserError(
        '"start" runs the example against the sandbox. Unset FIRST_COMMENT_PROFILE, or use "first-comment worker" and "run".',
      );
    context.refuseOtherStack();
    const services = await bringUp(context, createProgress(), cleanup);
    await tellPauses(services.ledger);
    const example = readExample(context);
    const waits = watchPersonWaits(example.ads);
    const work = runExample(context, services, example, waits, once, began);
    const broken = Promise.race([unhandled, diesWith(services.workerEnded)]);
    const endless = once ? [untilOnlyPeople(waits, ONLY_PEOPLE_MS, over.signal)] : [];
    const first = await Promise.race([work, stop, broken, ...endless]);
    stopped = typeof first === 'string';
    if (typeof first === 'string') return EXIT.no;
    if (!('runs' in first)) return giveUp(context, first);
    if (!once) {
      process.stderr.write('Everything stays up. Ctrl-C stops what was started here.\n');
      stopped = typeof (await Promise.race([stop, broken])) === 'string';
    }
    return first.asExpected === first.runs && first.duplicatesAtEnd === 0 ? EXIT.done : EXIT.no;
  } finally {
    over.abort();
    await cleanup.run();
    if (stopped) process.stderr.write(`stopped; state is kept in ${context.settings.home}\n`);
  }
}

/** With `--once` somebody waits for our end, and nobody may be there who could approve. */
function giveUp(context: Context, waits: readonly PersonWait[]): ExitCode {
  if (context.json) process.stdout.write(`${JSON.stringify({ waitsForPerson: waits })}\n`);
  process.stderr.write(
    `\nOnly waits for a person remain, so --once ends here; the runs go on when everything is up again:\n${waits.map(tellPersonWait).join('\n')}\n`,
  );
  return EXIT.no;
}

async function tellPauses(ledger: OpenLedger): Promise<void> {
  const { pauses } = await ledger.readOverview();
  for (const { id, kind, scope, value, by, why } of pauses) {
    process.stderr.write(
      `  ! a ${kind} is in force on ${tellScope(scope, value)}, by ${by}: ${why}\n    first-comment resume ${id} --by … --why …\n`,
    );
  }
}

function readExample({ settings }: Context): ExampleAds {
  const example = loadExampleAds(join(settings.brandFolder, 'ads.yaml'));
  if (example.ok) return example;
  throw new UserError(`The example's ads cannot be read:\n${example.problems.map(formatProblem).join('\n')}`);
}

/** Nothing here carries runs once the worker has stopped, whether it said why or not. */
async function diesWith(workerEnded: Promise<void>): Promise<never> {
  await workerEnded;
  throw new Error('The worker stopped by itself; its log tells more.');
}

async function runExample(
  context: Context,
  services: Services,
  example: ExampleAds,
  waits: PersonWaits,
  once: boolean,
  began: number,
): Promise<Summary> {
  const out = context.json ? process.stderr : process.stdout;
  const live = createLiveTable(
    example.ads.map(({ ad }) => formatAd(ad)),
    out,
  );
  const { client, sandboxUrl } = services;
  const stage = { client, edit: (ad: AdRef, creative: string) => editAd(sandboxUrl, ad, creative) };
  const show = (index: number, state: RunState) => {
    live.show(index, state);
    const news = waits.saw(index, state);
    if (news.length > 0) live.aside(() => process.stderr.write(`${news.map(tellPersonWait).join('\n')}\n`));
  };
  const played = await Promise.all(example.ads.map((each, index) => playAd(stage, each, (state) => show(index, state))));
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
