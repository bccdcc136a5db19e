import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serveAsChild } from '../child-process.ts';
import { type Graph, type GraphSettings, openGraph } from './graph.ts';
import { fail, finish, type Job, takeJob } from './jobs.ts';

export interface NaiveWorkerInput {
  readonly databaseUrl: string;
  readonly graph: GraphSettings;
}

const AT_ONCE = 10;
const IDLE_MS = 300;

// What a good team would write in a week: a job for each ad under a unique key, taken with `skip locked` and a lease, five
// jittered retries, and before each write a reading whether the comment is there already.
await serveAsChild(async ({ databaseUrl, graph: settings }: NaiveWorkerInput) => {
  const db = new pg.Pool({ connectionString: databaseUrl, max: AT_ONCE });
  // The database may be restarted under us; the next query gets a new connection.
  db.on('error', () => undefined);
  const graph = openGraph(settings);
  let stopping = false;
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    while (!stopping) {
      const job = await takeJob(db).catch(() => null);
      if (job) await carry(db, graph, job);
      else await sleep(IDLE_MS);
    }
  });
  return {
    ready: {},
    stop: async () => {
      stopping = true;
      await Promise.all(lanes);
      await db.end();
    },
  };
});

async function carry(db: pg.Pool, graph: Graph, job: Job): Promise<void> {
  try {
    const ids: string[] = [];
    for (const { id, pageId, authorId } of await graph.surfacesOf(job.adId)) {
      const text = `Brightloom here. See sizes and prices in our shop: https://www.brightloom.example/?surface=${id}`;
      const found = (await graph.comments(id, pageId)).find((each) => each.authorId === authorId && each.text === text);
      ids.push(found?.id ?? (await graph.comment(id, pageId, text)));
    }
    await finish(db, job, ids);
  } catch (error) {
    // Should this fail, too, the lease runs out and the job comes back by itself.
    await fail(db, job, error).catch(() => undefined);
  }
}
