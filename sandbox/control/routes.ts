import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Faults } from '../faults/faults.ts';
import type { CallCounter } from '../graph/calls.ts';
import type { Platform } from '../graph/platform.ts';
import { type CommentRecord, hiddenAt } from '../world/comment.ts';
import { isObject } from '../world/json.ts';
import { commentSeed, sectionsSchema } from '../world/schema.ts';
import { WorldMistake } from '../world/world-mistake.ts';
import { truthOf } from './truth.ts';

/** What the control API reaches into. */
export interface Controlled {
  readonly platform: Platform;
  readonly faults: Faults;
  readonly calls: CallCounter;
  readonly notices: readonly string[];
}

/** The operator's and the tests' door; nothing of it exists on the real platform. */
export function addControlRoutes(app: FastifyInstance, { platform, faults, calls, notices }: Controlled): void {
  const { state } = platform;

  app.get('/control/health', () => ({
    service: 'first-comment-sandbox',
    pid: process.pid,
    appId: state.world.app.id,
    ads: state.count('ad'),
    comments: state.count('comment'),
    now: new Date(platform.now()).toISOString(),
    notices,
  }));

  app.get('/control/faults', () => ({ faults: faults.list() }));
  app.post('/control/faults', (request, reply) => mistakesAs400(reply, () => ({ id: faults.arm(request.body) })));
  app.delete('/control/faults', () => {
    faults.clear();
    return { success: true };
  });

  app.get('/control/calls', () => calls.report());
  app.delete('/control/calls', () => {
    calls.reset();
    return { success: true };
  });

  app.get('/control/writes', () => ({ writes: state.writes }));
  app.get('/control/truth', () => truthOf(state, platform.now()));
  app.get<{ Querystring: { objectId?: string } }>('/control/comments', (request) => {
    const id = state.find(request.query.objectId ?? '')?.record.id ?? '';
    return { comments: state.commentsOf(id).map((comment) => written(comment, platform.now())) };
  });

  app.patch<{ Params: { id: string } }>('/control/objects/:id', (request, reply) =>
    mistakesAs400(reply, () => {
      const changes = objectBody(request.body);
      platform.commit({ kind: 'patched', at: platform.now(), id: request.params.id, changes });
      return { success: true, object: state.find(request.params.id)?.record };
    }),
  );
  app.get<{ Params: { id: string } }>('/control/objects/:id', (request, reply) => {
    const node = state.find(request.params.id);
    return node ?? reply.code(404).send({ problem: `no object is called ${request.params.id}` });
  });
  app.patch<{ Params: { name: string } }>('/control/tokens/:name', (request, reply) =>
    mistakesAs400(reply, () => {
      const changes = objectBody(request.body);
      platform.commit({ kind: 'grant-patched', at: platform.now(), name: request.params.name, changes });
      return { success: true };
    }),
  );

  app.post('/control/seed', (request, reply) =>
    mistakesAs400(reply, () => {
      platform.commit({ kind: 'seeded', at: platform.now(), sections: parsed(sectionsSchema, request.body) });
      return { success: true };
    }),
  );
  app.post('/control/comments', (request, reply) =>
    mistakesAs400(reply, () => {
      const comment = state.handWritten(parsed(commentSeed, request.body), platform.now());
      platform.commit({ kind: 'comment-created', at: platform.now(), comment });
      return { id: comment.id };
    }),
  );
  app.post('/control/clock', (request, reply) =>
    mistakesAs400(reply, () => {
      const { advanceSeconds } = parsed(z.strictObject({ advanceSeconds: z.number().min(0) }), request.body);
      platform.commit({ kind: 'clock-advanced', at: platform.now(), seconds: advanceSeconds });
      return { now: new Date(platform.now()).toISOString() };
    }),
  );
}

function written(comment: CommentRecord, now: number) {
  return {
    id: comment.id,
    objectId: comment.object_id,
    parentId: comment.parent_id,
    authorId: comment.from.id,
    text: comment.message,
    createdAt: new Date(comment.created_ms).toISOString(),
    hidden: hiddenAt(comment, now),
    listed: comment.listed_at_ms <= now,
    applicationId: comment.application_id,
    adId: comment.ad_id,
    via: comment.via,
  };
}

function mistakesAs400<T>(reply: FastifyReply, action: () => T): T | FastifyReply {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof WorldMistake)) throw error;
    return reply.code(400).send({ problem: error.message });
  }
}

function objectBody(body: unknown) {
  if (!isObject(body)) throw new WorldMistake('send a JSON object with the fields to change');
  return body;
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (!read.success) throw new WorldMistake(z.prettifyError(read.error));
  return read.data;
}
