import { z } from 'zod';
import type { Json } from '../world/json.ts';
import { endpointOf } from './calls.ts';
import { envelope, GraphError, invalidParameter } from './errors.ts';
import { asText, type GraphServer } from './http.ts';
import { refuseUnknown } from './parameters.ts';
import { act, type HttpAnswer, orderedError } from './platform.ts';
import type { GraphCall } from './scene.ts';
import { bucketOf } from './usage.ts';

const LIMIT = 50;
const batchSchema = z.array(
  z.looseObject({
    method: z.enum(['GET', 'POST', 'DELETE']),
    relative_url: z.string(),
    body: z.string().optional(),
    access_token: z.string().optional(),
    omit_response_on_success: z.boolean().optional(),
  }),
);

/** `POST /` with `batch`: every item is a call of its own, in order; an item may be `null`. */
export function answerBatch(call: GraphCall, server: GraphServer): HttpAnswer {
  try {
    refuseUnknown('POST /', call.params);
    const items = readItems(call.params.batch);
    const withHeaders = call.params.include_headers !== 'false';
    const body = items.map((item) => answerItem(item, call, server, withHeaders));
    return { status: 200, headers: server.platform.usage.headers(undefined, server.platform.now()), body };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { status: error.status, headers: error.headers, body: envelope(error.fields) };
  }
}

function readItems(text: string | undefined): z.output<typeof batchSchema> {
  if (text === undefined) throw invalidParameter('The parameter batch is required');
  const read = batchSchema.safeParse(parse(text));
  if (!read.success) throw invalidParameter('Invalid batch JSON');
  if (read.data.length > LIMIT) {
    const message = `Too many requests in batch message. Maximum batch size is ${LIMIT}`;
    throw new GraphError({ message, type: 'GraphBatchException', code: 0 });
  }
  return read.data;
}

function answerItem(
  item: z.output<typeof batchSchema>[number],
  outer: GraphCall,
  server: GraphServer,
  withHeaders: boolean,
): Json {
  const url = new URL(item.relative_url.replace(/^\/*(v\d+\.\d\/)?/, '/'), 'http://sandbox.invalid');
  const { access_token: own, ...params } = {
    ...asText(Object.fromEntries(new URLSearchParams(item.body ?? ''))),
    ...Object.fromEntries(url.searchParams),
  };
  const token = item.access_token ?? own ?? outer.token;
  const inherits = token === outer.token && outer.params.appsecret_proof !== undefined;
  const call: GraphCall = {
    method: item.method,
    path: url.pathname.split('/').filter(Boolean).join('/'),
    params: { ...(inherits && { appsecret_proof: outer.params.appsecret_proof ?? '' }), ...params },
    token,
    base: outer.base,
  };
  const endpoint = endpointOf(call, server.platform.state);
  server.calls.count(endpoint, call, false);
  const fault = server.faults.take(call, endpoint);
  if (fault?.fault === 'null-item') return null;
  const answer =
    fault?.fault === 'error' ? orderedError(fault, bucketOf(call, server.platform.state)) : act(call, server.platform);
  if (item.omit_response_on_success === true && answer.status === 200) return null;
  const headers = Object.entries(answer.headers).map(([name, value]) => ({ name, value }));
  return { code: answer.status, ...(withHeaders && { headers }), body: JSON.stringify(answer.body) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalidParameter('batch parameter must be a JSON array');
    throw cause;
  }
}
