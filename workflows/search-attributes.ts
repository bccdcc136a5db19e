import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import { needsHuman } from '../domain/outcome.ts';
import { type Place, type Run, viewOf, waitsOf } from './run.ts';
import { standsUnwanted } from './standing.ts';

const leavesSomething = (place: Place) => standsUnwanted(place) || place.leftForPerson !== null;

const stage = defineSearchAttributeKey('FcStage', 'KEYWORD');
const market = defineSearchAttributeKey('FcMarket', 'KEYWORD');
const outcome = defineSearchAttributeKey('FcOutcome', 'KEYWORD');
const waiting = defineSearchAttributeKey('FcWaiting', 'KEYWORD');
const surfaces = defineSearchAttributeKey('FcSurfaces', 'KEYWORD_LIST');
const human = defineSearchAttributeKey('FcNeedsHuman', 'BOOL');

/**
 * Writes all that can be searched for, in one event. Called on entering and leaving a wait, at publish and at the end
 * only: each is a history event and a visibility write. What has not changed since the last one is not written again.
 */
export function publishSearchAttributes(run: Run): void {
  const view = viewOf(run);
  const ended = view.outcome !== null && (needsHuman(view.outcome) || run.places.some(leavesSomething));
  const values = [
    { key: stage, value: view.stage },
    { key: market, value: view.marketId },
    { key: outcome, value: view.outcome },
    { key: waiting, value: view.wait?.reason ?? null },
    { key: surfaces, value: run.places.map((place) => place.surface.surfaceId) },
    { key: human, value: waitsOf(run).some((wait) => wait.needsHuman) || ended },
  ];
  const written = JSON.stringify(values.map(({ value }) => value));
  if (written === run.searchable) return;
  run.searchable = written;
  upsertSearchAttributes(values);
}
