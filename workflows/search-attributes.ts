import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import { needsHuman } from '../domain/outcome.ts';
import type { Run } from './run.ts';
import { viewOf } from './run.ts';

const stage = defineSearchAttributeKey('FcStage', 'KEYWORD');
const market = defineSearchAttributeKey('FcMarket', 'KEYWORD');
const outcome = defineSearchAttributeKey('FcOutcome', 'KEYWORD');
const waiting = defineSearchAttributeKey('FcWaiting', 'KEYWORD');
const surfaces = defineSearchAttributeKey('FcSurfaces', 'KEYWORD_LIST');
const human = defineSearchAttributeKey('FcNeedsHuman', 'BOOL');

/**
 * Writes all that can be searched for, in one event. Called on entering and leaving a wait, at publish and at the end
 * only: each call is a history event and a visibility write.
 */
export function publishSearchAttributes(run: Run): void {
  const view = viewOf(run);
  upsertSearchAttributes([
    { key: stage, value: view.stage },
    { key: market, value: view.marketId },
    { key: outcome, value: view.outcome },
    { key: waiting, value: view.wait?.reason ?? null },
    { key: surfaces, value: run.places.map((place) => place.surface.surfaceId) },
    { key: human, value: view.wait?.reason === 'awaiting-approval' || (view.outcome !== null && needsHuman(view.outcome)) },
  ]);
}
