export { type AdRef, formatAd, parseAd, workflowIdOf } from '../domain/ad.ts';
export type { Served } from '../domain/served.ts';
export type { Decision, RunState, SurfaceState, Wait } from '../workflows/messages.ts';
export { connectClient, type TemporalSettings } from './connect.ts';
export { ClientError } from './errors.ts';
export { type ExecutionStatus, FirstCommentClient, type RunStatus } from './first-comment-client.ts';
export { type EnsuredSweep, type FoundSweep, findSweeps, LONGEST_SWEEP_MS, scheduledEveryMs } from './sweep-schedule.ts';
