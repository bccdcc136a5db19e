import type { CutKind, CutPlace } from './cut-proxy.ts';
import { CHAOS_TIMING, settlesAfter } from './windows.ts';

/** What a fault leaves on the platform: the comment, nothing, or the comment some time after the answer. */
export type Leaves = 'comment' | 'nothing' | 'later';

/** How a request goes wrong. `sandbox`: the body for the sandbox's fault door; `cut`: the connection on the way to it. */
export interface FaultKind {
  readonly name: string;
  readonly leaves: Leaves;
  readonly sandbox?: Readonly<Record<string, unknown>>;
  readonly cut?: { readonly place: CutPlace; readonly kind: CutKind };
}

const { writeDeadlineMs, lateLandingMs } = CHAOS_TIMING;
/** Silence beyond the deadline of a write. */
const SILENCE_MS = writeDeadlineMs + 500;
/** A closed bucket opens again after two seconds; headers count in minutes. */
const CLOSED = { call_count: 100, total_cputime: 100, total_time: 100, estimated_time_to_regain_access: 2 / 60 };
const ERROR_500 = { httpStatus: 500, is_transient: true } as const;

/** What may happen to a publish request. Every kind is met by about as many surfaces. */
export const PUBLISH_FAULTS: readonly FaultKind[] = [
  { name: 'http-500-before', leaves: 'nothing', sandbox: { fault: 'http-500-before' } },
  { name: 'http-500-after', leaves: 'comment', sandbox: { fault: 'http-500-after' } },
  { name: 'html-502', leaves: 'nothing', sandbox: { fault: 'html-502', acts: false } },
  { name: 'html-502-acts', leaves: 'comment', sandbox: { fault: 'html-502', acts: true } },
  { name: 'cut-before', leaves: 'nothing', sandbox: { fault: 'cut-before' } },
  { name: 'cut-after', leaves: 'comment', sandbox: { fault: 'cut-after' } },
  { name: 'hang-before', leaves: 'nothing', sandbox: { fault: 'hang-before', ms: SILENCE_MS } },
  { name: 'hang-after', leaves: 'comment', sandbox: { fault: 'hang-after', ms: SILENCE_MS } },
  { name: 'delay', leaves: 'comment', sandbox: { fault: 'delay', ms: Math.round(writeDeadlineMs / 4) } },
  { name: 'delay-beyond-deadline', leaves: 'later', sandbox: { fault: 'delay', ms: SILENCE_MS } },
  { name: 'error-1', leaves: 'nothing', sandbox: { fault: 'error', code: 1, ...ERROR_500 } },
  { name: 'error-1-after', leaves: 'comment', sandbox: { fault: 'error-after', code: 1, ...ERROR_500 } },
  { name: 'error-2', leaves: 'nothing', sandbox: { fault: 'error', code: 2, is_transient: true } },
  { name: 'error-2-after', leaves: 'comment', sandbox: { fault: 'error-after', code: 2, is_transient: true } },
  { name: 'duplicate-506', leaves: 'nothing', sandbox: { fault: 'error', code: 506 } },
  { name: 'duplicate-506-after', leaves: 'comment', sandbox: { fault: 'error-after', code: 506 } },
  { name: 'ok-with-error-body', leaves: 'nothing', sandbox: { fault: 'ok-with-error-body', acts: false } },
  { name: 'ok-with-error-body-acts', leaves: 'comment', sandbox: { fault: 'ok-with-error-body', acts: true } },
  { name: 'bad-shape', leaves: 'nothing', sandbox: { fault: 'bad-shape', acts: false } },
  { name: 'bad-shape-acts', leaves: 'comment', sandbox: { fault: 'bad-shape', acts: true } },
  { name: 'null', leaves: 'nothing', sandbox: { fault: 'null-item' } },
  { name: 'malformed-usage-header', leaves: 'comment', sandbox: { fault: 'malformed-usage-header' } },
  { name: 'late-apply-cut', leaves: 'later', sandbox: { fault: 'late-apply', answer: 'cut', ms: late(0.35) } },
  { name: 'late-apply-http-500', leaves: 'later', sandbox: { fault: 'late-apply', answer: 'http-500', ms: late(0.6) } },
  { name: 'late-apply-error-2', leaves: 'later', sandbox: { fault: 'late-apply', answer: 'error-2', ms: late(0.9) } },
  { name: 'throttle-32', leaves: 'nothing', sandbox: { fault: 'error', code: 32, usage: CLOSED } },
  { name: 'throttle-80001', leaves: 'nothing', sandbox: { fault: 'error', code: 80001, usage: CLOSED } },
  { name: 'dead-token-190', leaves: 'nothing', sandbox: { fault: 'error', code: 190, subcode: 463 } },
  { name: 'spam-368', leaves: 'nothing', sandbox: { fault: 'error', code: 368, subcode: 1390008 } },
  { name: 'proxy-before-connect', leaves: 'nothing', cut: { place: 'before-connect', kind: 'cut' } },
  { name: 'proxy-after-headers', leaves: 'nothing', cut: { place: 'after-headers', kind: 'cut' } },
  { name: 'proxy-mid-request-body', leaves: 'nothing', cut: { place: 'mid-request-body', kind: 'cut' } },
  { name: 'proxy-after-request-body', leaves: 'comment', cut: { place: 'after-request-body', kind: 'cut' } },
  { name: 'proxy-mid-answer', leaves: 'comment', cut: { place: 'mid-answer', kind: 'cut' } },
  { name: 'proxy-after-answer', leaves: 'comment', cut: { place: 'after-answer', kind: 'cut' } },
  { name: 'proxy-hang-after-headers', leaves: 'nothing', cut: { place: 'after-headers', kind: 'hang' } },
  { name: 'proxy-hang-after-request-body', leaves: 'comment', cut: { place: 'after-request-body', kind: 'hang' } },
];

/** A request that lands when its attempt has been settled already: beyond what is promised (protocol l), so reported apart. */
export const LATE_BEYOND: FaultKind = {
  name: 'late-apply-beyond-L',
  leaves: 'later',
  sandbox: { fault: 'late-apply', answer: 'cut', ms: settlesAfter(CHAOS_TIMING) + 6 * CHAOS_TIMING.listLagMs },
};

/** What may happen to a read. */
export const READ_FAULTS: readonly FaultKind[] = [
  { name: 'http-500-before', leaves: 'nothing', sandbox: { fault: 'http-500-before' } },
  { name: 'html-502', leaves: 'nothing', sandbox: { fault: 'html-502', acts: false } },
  { name: 'cut-before', leaves: 'nothing', sandbox: { fault: 'cut-before' } },
  { name: 'hang-before', leaves: 'nothing', sandbox: { fault: 'hang-before', ms: 1_500 } },
  { name: 'delay', leaves: 'nothing', sandbox: { fault: 'delay', ms: 700 } },
  { name: 'error-1', leaves: 'nothing', sandbox: { fault: 'error', code: 1, ...ERROR_500 } },
  { name: 'error-2', leaves: 'nothing', sandbox: { fault: 'error', code: 2, is_transient: true } },
  { name: 'ok-with-error-body', leaves: 'nothing', sandbox: { fault: 'ok-with-error-body', acts: false } },
  { name: 'bad-shape', leaves: 'nothing', sandbox: { fault: 'bad-shape', acts: false } },
  { name: 'null', leaves: 'nothing', sandbox: { fault: 'null-item' } },
  { name: 'throttle-32', leaves: 'nothing', sandbox: { fault: 'error', code: 32, usage: CLOSED } },
  { name: 'proxy-before-connect', leaves: 'nothing', cut: { place: 'before-connect', kind: 'cut' } },
  { name: 'proxy-mid-answer', leaves: 'nothing', cut: { place: 'mid-answer', kind: 'cut' } },
];

/** Whether the sandbox carries a request out some time after it came: what it then writes left before. */
export function holdsBack({ sandbox }: FaultKind): boolean {
  return sandbox?.fault === 'delay' || sandbox?.fault === 'late-apply';
}

/** Milliseconds to a landing within the allowance L. */
function late(share: number): number {
  return Math.round(lateLandingMs * share);
}
