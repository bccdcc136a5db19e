import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Ending, exchange, type Later } from '../faults/exchange.ts';
import type { Faults } from '../faults/faults.ts';
import { isObject } from '../world/json.ts';
import { answerBatch } from './batch.ts';
import { type CallCounter, endpointOf } from './calls.ts';
import { envelope } from './errors.ts';
import { act, type HttpAnswer, type Platform } from './platform.ts';
import type { GraphCall, Params } from './scene.ts';
import { bucketOf } from './usage.ts';

/** What serving Graph needs besides the platform itself. */
export interface GraphServer {
  readonly platform: Platform;
  readonly faults: Faults;
  readonly calls: CallCounter;
  readonly later: Later;
}

const NEWEST_VERSION = 26;

/** Serves one HTTP request to a Graph endpoint. */
export async function serveGraph(request: FastifyRequest, reply: FastifyReply, server: GraphServer): Promise<void> {
  // An answer tells the platform's clock, which may have been moved.
  reply.header('date', new Date(server.platform.now()).toUTCString());
  const read = readCall(request);
  if ('refused' in read) return void send(reply, { kind: 'answer', answer: read.refused });
  const { call } = read;
  const endpoint = endpointOf(call, server.platform.state);
  server.calls.count(endpoint, call, true);
  if (isObject(request.query) && request.query.access_token !== undefined) server.calls.tokensInUrl += 1;
  const fault = server.faults.take(call, endpoint);
  const isBatch = call.method === 'POST' && call.path === '';
  const doIt = () => (isBatch ? answerBatch(call, server) : act(call, server.platform));
  send(reply, await exchange(fault, doIt, bucketOf(call, server.platform.state), server.later));
}

function readCall(request: FastifyRequest): { call: GraphCall } | { refused: HttpAnswer } {
  const method = request.method;
  const url = new URL(request.url, 'http://sandbox.invalid');
  const segments = url.pathname.split('/').filter((part) => part !== '');
  const version = /^v(\d{1,3})\.\d$/.exec(segments[0] ?? '');
  if (version) segments.shift();
  if (version && Number(version[1]) > NEWEST_VERSION) {
    const body = envelope({ message: `Unknown path components: /${version[0]}`, code: 2500 });
    return { refused: { status: 400, headers: {}, body } };
  }
  if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') {
    const body = envelope({ message: 'Unsupported method', type: 'GraphMethodException', code: 100 });
    return { refused: { status: 400, headers: {}, body } };
  }
  const params: Params = { ...asText(request.body), ...asText(request.query) };
  const { access_token: inParams, ...rest } = params;
  const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const base = `http://${request.headers.host ?? '127.0.0.1'}${version ? `/${version[0]}` : ''}`;
  const path = segments.map(decodeURIComponent).join('/');
  return { call: { method, path, params: rest, token: bearer ?? inParams, base } };
}

/** Parameters as text, whether they came as a form, as JSON or in the query. */
export function asText(values: unknown): Record<string, string> {
  if (!isObject(values)) return {};
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function send(reply: FastifyReply, ending: Ending): void {
  if (ending.kind === 'cut') {
    reply.hijack();
    reply.raw.destroy();
    return;
  }
  if (ending.kind === 'text') {
    void reply.code(ending.status).type(ending.contentType).send(ending.text);
    return;
  }
  const { status, headers, body } = ending.answer;
  void reply.code(status).headers(headers).type('application/json; charset=UTF-8').send(JSON.stringify(body));
}
