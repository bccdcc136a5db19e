import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../graph/platform.ts';
import { etagOf, readAssets } from './assets.ts';
import { chosenAd, readChoice } from './choice.ts';
import { boardOf } from './data/board.ts';
import { adOf } from './data/units.ts';
import { drawPicture } from './pictures/picture.ts';
import { adPage, noAdPage } from './view/ad.ts';
import { boardPage } from './view/board.ts';

/** Nothing from elsewhere, nothing inline, nothing that frames us. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * `GET /feed?market=de-DE&placement=instagram/reels&state=hidden&page=2`, `GET /feed?ad=23850000001`, and the files of the page.
 * Every answer has an ETag: the page's script asks again and again, and hears 304 as long as nothing happened.
 */
export function addFeed(app: FastifyInstance, platform: Platform): void {
  const assets = readAssets();

  // Whoever opens the address that `start` names means the page, not the Graph.
  app.get('/', (_, reply) => reply.redirect('/feed'));
  app.get('/feed', (request, reply) => {
    const { status, page } = pageFor(request.query, platform);
    return answer(request, reply, { status, type: 'text/html; charset=utf-8', text: page, etag: etagOf(page) });
  });
  app.get<{ Params: { file: string } }>('/feed/:file', (request, reply) => {
    const asset = assets.get(request.params.file);
    return asset ? answer(request, reply, { status: 200, ...asset }) : nothing(request, reply);
  });
  app.get<{ Params: { file: string } }>('/feed/pictures/:file', (request, reply) => {
    const text = drawPicture(request.params.file);
    return text === undefined
      ? nothing(request, reply)
      : answer(request, reply, { status: 200, type: 'image/svg+xml', text, etag: etagOf(text) });
  });
}

function pageFor(query: unknown, platform: Platform): { readonly status: number; readonly page: string } {
  const { state } = platform;
  const now = platform.now();
  const adId = chosenAd(query);
  if (adId === undefined) {
    const choice = readChoice(query);
    return { status: 200, page: boardPage(state, boardOf(state, choice, now), choice, now) };
  }
  const ad = state.get('ad', adId);
  const feedAd = ad && adOf(state, ad, now);
  return feedAd ? { status: 200, page: adPage(state, feedAd, now) } : { status: 404, page: noAdPage(adId) };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

function answer(request: FastifyRequest, reply: FastifyReply, { status, type, text, etag }: Answer): FastifyReply {
  void reply
    .header('content-security-policy', POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-cache')
    .header('etag', etag);
  if (status === 200 && request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.code(status).type(type).send(text);
}

function nothing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ problem: `nothing at ${request.url}` });
}
