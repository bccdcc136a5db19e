import type { PlatformAdapter } from '../platform.ts';
import { createAccountBook } from './accounts.ts';
import { openHttpDoor } from './exchange.ts';
import { createGraph } from './graph.ts';
import { dailyMetrics } from './insights.ts';
import { listAds } from './list-ads.ts';
import { deleteComment, editComment, setHidden } from './moderate.ts';
import { createPageBackedBook } from './page-backed.ts';
import { probe } from './probe.ts';
import { publish } from './publish.ts';
import { readComment } from './read-comment.ts';
import { readSurface } from './read-surface.ts';
import { resolveAd } from './resolve.ts';
import { createScrubber } from './scrub.ts';
import { graphAddress, type MetaSettings } from './settings.ts';
import { readThread } from './thread.ts';

export type { MetaSecrets, MetaSettings } from './settings.ts';

/** The adapter with its sockets. */
export type MetaAdapter = PlatformAdapter & {
  /** Closes the sockets; calls in flight end first. */
  close(): Promise<void>;
};

/**
 * Our verbs over Meta's Graph API: Facebook posts and Instagram media.
 * @throws Error when `baseUrl` or `graphVersion` cannot be used.
 */
export function createMetaAdapter(settings: MetaSettings): MetaAdapter {
  const address = graphAddress(settings);
  const door = openHttpDoor(address.origin);
  const graph = createGraph(settings, address, door, createScrubber());
  const accounts = createAccountBook(graph);
  const books = { accounts, pageBacked: createPageBackedBook(graph) };
  const adFor = (adId: string) => (settings.sendAdIdOnInstagram ? adId : null);
  return {
    platform: 'meta',
    // Hidden comments may drop out of Instagram's list, so their absence from it proves nothing.
    absenceProvable: (kind) => kind === 'facebook-post',
    probe: (context) => probe(graph, context),
    resolveAd: (ad, context) => resolveAd(graph, books, ad, context),
    listAds: (request, context) => listAds(graph, accounts, request, context),
    readSurface: (surface, pageId, context) => readSurface(graph, surface, pageId, context),
    readThread: (request, context) => readThread(graph, request, context),
    publish: (request, context) => publish(graph, request, settings.sendAdIdOnInstagram, context),
    readComment: (request, context) => readComment(graph, request, context),
    setHidden: (request, context) => setHidden(graph, request, request.hidden, adFor(request.adId), context),
    editComment: (request, context) => editComment(graph, request, request.text, context),
    deleteComment: (request, context) => deleteComment(graph, request, adFor(request.adId), context),
    dailyMetrics: (request, context) => dailyMetrics(graph, request, context),
    close: () => door.close(),
  };
}
