import type { FastifyInstance } from 'fastify';
import type { Platform } from '../graph/platform.ts';
import { cardsOf } from './cards.ts';
import { page } from './page.ts';

interface FeedQuery {
  readonly surface?: string;
  readonly market?: string;
}

/** `GET /feed?surface=facebook|instagram&market=de-DE`. */
export function addFeed(app: FastifyInstance, platform: Platform): void {
  app.get<{ Querystring: FeedQuery }>('/feed', (request, reply) => {
    const network = request.query.surface === 'instagram' ? 'instagram' : 'facebook';
    const now = platform.now();
    const written = page(cardsOf(platform.state, network, now), { network, market: request.query.market || undefined }, now);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(written);
  });
}
