import type { Command } from 'commander';
import { PLATFORMS } from '../../domain/ad.ts';
import { SURFACE_KINDS, type SurfaceRef } from '../../domain/surface.ts';
import { DEFAULT_TIMING, scaleTiming, type Timing } from '../../domain/timing.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Attempt, Ledger } from '../../store/ledger.ts';
import { EXIT } from '../exit.ts';
import { refuseForeignComment } from '../refuse-foreign-comment.ts';
import type { RunCommand } from '../run-command.ts';
import { signed } from '../signed.ts';
import { wakeWaiters } from '../wake-waiters.ts';
import { inFlightText, type Said, say } from './orders.ts';

/** `settle`: a person's finding on an attempt of which nobody knows whether it left a comment (protocol d). */
export function addSettle(program: Command, run: RunCommand): void {
  signed(program.command('settle'))
    .description('Say what you found in the thread for an attempt whose outcome could not be proven')
    .argument('<attempt>', 'the id of the attempt; "explain AD" shows it')
    .option('--absent', 'no comment of ours is there')
    .option('--comment <id>', 'our comment is there, with this id')
    .action((attemptId: string, options: Said & { absent?: boolean; comment?: string }) =>
      run(async (context) => {
        if ((options.absent === true) === (options.comment !== undefined)) {
          throw new UserError('Say either --absent or --comment ID, whichever you found.');
        }
        const timing = scaleTiming(DEFAULT_TIMING, context.profile().timingScale);
        const ledger = await context.ledger();
        const open = await ledger.openAttempts();
        const attempt = open.find((each) => each.attemptId === attemptId);
        if (!attempt) throw new UserError(`${tellSettled(attemptId, await ledger.attemptById(attemptId))} ${inFlightText(open)}`);
        refuseTooEarly(attempt, timing);
        const surface = await surfaceOf(ledger, attempt);
        if (options.comment !== undefined) {
          refuseOtherThanEdited(attempt, options.comment);
          await refuseForeignComment(context, ledger, { surface, attempt, commentId: options.comment, skewMs: timing.skewMs });
        }
        const says = `${options.by}: ${options.why}`;
        const result =
          options.comment === undefined
            ? ({ kind: 'absent', says } as const)
            : ({ kind: 'found', commentId: options.comment, says } as const);
        await ledger.recordResult(attemptId, result, 'person');
        if (result.kind === 'found') {
          // Where no run is left to verify it, the next sweep looks.
          await ledger.planLooks(surface, result.commentId, [0, ...timing.looksMs]);
        }
        const woken = await wakeWaiters(context, ledger, 'settling', attempt.surfaceId);
        say(
          context,
          { attempt: attemptId, result, woken: woken.woken },
          `Settled attempt ${attempt.n} on ${attempt.surfaceId}. ${woken.says}\nA run that has ended goes on with: first-comment retry AD`,
        );
        return EXIT.done;
      }),
    );
}

/** Why there is nothing to settle. */
function tellSettled(attemptId: string, attempt: Attempt | null): string {
  if (!attempt) return `There is no attempt ${attemptId}.`;
  const { n, surfaceId, result } = attempt;
  const known =
    result && 'commentId' in result ? `${result.kind} as comment ${result.commentId}` : `known as ${result?.kind ?? 'open'}`;
  return `Attempt ${n} on ${surfaceId} is ${known}: it needs no finding.`;
}

/** Before this moment the platform may still act on the request: nobody can know what the thread will hold (protocol d). */
function refuseTooEarly(attempt: Attempt, { sendByMs, writeDeadlineMs, lateLandingMs }: Timing): void {
  const settlesAfterMs = sendByMs + writeDeadlineMs + lateLandingMs;
  const leftMs = settlesAfterMs - attempt.ageMs;
  if (leftMs <= 0) return;
  const allowedAt = new Date(Date.parse(attempt.gateAt) + settlesAfterMs).toISOString();
  throw new UserError(
    `The platform may still act on attempt ${attempt.attemptId}, so what you see now may change. Look at the thread and settle it from ${allowedAt} on, in ${Math.ceil(leftMs / 1_000)} s.`,
  );
}

/** An edit leaves its own comment and no other: a finding of another one would be a second comment in the ledger. */
function refuseOtherThanEdited({ attemptId, edits }: Attempt, commentId: string): void {
  if (edits === null || edits === commentId) return;
  throw new UserError(
    `Attempt ${attemptId} was to edit comment ${edits}, so it can have left no other one. Say --comment ${edits} where that comment has the new text, else --absent.`,
  );
}

/** The attempt names its surface by id alone; the ledger knows under which platform and kind it keeps that. */
async function surfaceOf(ledger: Ledger, { attemptId, surfaceId }: Attempt): Promise<SurfaceRef> {
  for (const platform of PLATFORMS) {
    for (const kind of SURFACE_KINDS) {
      const attempts = await ledger.attemptsOn({ platform, kind, surfaceId });
      if (attempts.some((each) => each.attemptId === attemptId)) return { platform, kind, surfaceId };
    }
  }
  throw new Error(`the ledger has no surface ${surfaceId} for its attempt ${attemptId}`);
}
