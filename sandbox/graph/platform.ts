import type { Fault } from '../faults/schema.ts';
import type { Json } from '../world/json.ts';
import type { Mutation } from '../world/mutations.ts';
import type { WorldState } from '../world/state.ts';
import { answer } from './answer.ts';
import { envelope, GraphError } from './errors.ts';
import type { GraphCall, Scene } from './scene.ts';
import type { Tokens } from './tokens.ts';
import { type Bucket, bucketOf, type UsageMeter, usageHeaders } from './usage.ts';

/** An HTTP answer before it is written. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Everything that stands behind the Graph endpoints. */
export interface Platform {
  readonly state: WorldState;
  readonly tokens: Tokens;
  readonly usage: UsageMeter;
  now(): number;
  commit(mutation: Mutation): void;
  nextDigits(): string;
}

/** Acts on a call and answers as the platform in good health does: data or an error envelope, always with usage headers. */
export function act(call: GraphCall, platform: Platform): HttpAnswer {
  const now = platform.now();
  const bucket = bucketOf(call, platform.state);
  try {
    const access = platform.tokens.recognise(call.token);
    platform.tokens.checkProof(access, call.params.appsecret_proof);
    platform.usage.draw(bucket, now);
    const scene: Scene = {
      call,
      access,
      now,
      state: platform.state,
      tokens: platform.tokens,
      commit: platform.commit,
      nextDigits: platform.nextDigits,
    };
    return { status: 200, headers: platform.usage.headers(bucket, now), body: answer(scene) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return {
      status: error.status,
      headers: { ...platform.usage.headers(bucket, now), ...error.headers },
      body: envelope(error.fields),
    };
  }
}

/** The envelope that an `error` fault asked for. */
export function orderedError(fault: Extract<Fault, { fault: 'error' | 'error-after' }>, bucket: Bucket | undefined): HttpAnswer {
  const { code, subcode, message, type, httpStatus, is_transient, usage } = fault;
  const numbers = usage ?? { call_count: 1, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: 0 };
  const fields = { message: `(#${code}) ${message}`, type, code };
  const body = envelope({
    ...fields,
    ...(subcode !== undefined && { error_subcode: subcode }),
    ...(is_transient !== undefined && { is_transient }),
  });
  return { status: httpStatus, headers: usageHeaders(bucket, numbers), body };
}
