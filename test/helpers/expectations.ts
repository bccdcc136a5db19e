import { expect } from 'vitest';
import type { Stage } from './stage.ts';

/** Exactly one comment of ours was ever created on the post or media, it stands, and its bytes are these. */
export async function expectOneComment(stage: Stage, objectId: string, text: string | null): Promise<void> {
  expect(await stage.sandbox.truth(objectId)).toMatchObject({ ours: 1, everCreated: 1, mostAtOnce: 1 });
  expect(await stage.sandbox.writes(objectId)).toMatchObject([{ action: 'created', text, applicationId: '900100' }]);
}

/** No comment of ours was ever created on the post or media. */
export async function expectNoComment(stage: Stage, objectId: string): Promise<void> {
  expect(await stage.sandbox.truth(objectId)).toMatchObject({ ours: 0, everCreated: 0 });
  expect(await stage.sandbox.writes(objectId)).toEqual([]);
}
