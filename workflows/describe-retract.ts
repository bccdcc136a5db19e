import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { formatSurface } from '../domain/surface.ts';
import type { RetractState } from './retract-messages.ts';
import { type Retraction, viewOfRetract } from './retract-state.ts';

const waiting = defineSearchAttributeKey('FcWaiting', 'KEYWORD');
const outcome = defineSearchAttributeKey('FcOutcome', 'KEYWORD');
const human = defineSearchAttributeKey('FcNeedsHuman', 'BOOL');

/** Outcomes that leave something for a person to look at. */
const NEEDS_HUMAN: readonly RetractState['outcome'][] = ['not-removed', 'unconfirmed'];

/** Shows how far a retract is: in the Temporal UI's "current details", and in the search attributes where these changed. */
export function showRetract(retraction: Retraction): void {
  const state = viewOfRetract(retraction);
  setCurrentDetails(describeRetract(state));
  const values = [
    { key: waiting, value: state.waits[0]?.reason ?? null },
    { key: outcome, value: state.outcome },
    { key: human, value: state.waits.some(({ needsHuman }) => needsHuman) || NEEDS_HUMAN.includes(state.outcome) },
  ];
  const written = JSON.stringify(values.map(({ value }) => value));
  if (written === retraction.searchable) return;
  retraction.searchable = written;
  upsertSearchAttributes(values);
}

/** Markdown for an operator who knows nothing of the code. */
export function describeRetract({ orderId, order, says, waits, progress, unsettled, outcome }: RetractState): string {
  const { removed, left, notRemoved, open } = progress;
  return [
    `## ${outcome ?? (waits[0]?.reason || 'withdrawing comments')}`,
    '',
    ...(waits.length === 0
      ? [says]
      : waits.map((wait) => `**Waits:** ${wait.says}${wait.until ? ` (until ${wait.until})` : ''}`)),
    '',
    `| order | ${tableSafe(order)} |`,
    '|---|---|',
    `| removed, and read back as gone | ${removed} |`,
    `| still standing | ${left} |`,
    `| of these, could not be removed | ${notRemoved} |`,
    `| attempts without a known outcome | ${open} |`,
    '',
    ...unsettled.map(({ surface, attemptId, says: why }) => `- ${formatSurface(surface)}, attempt \`${attemptId}\`: ${why}`),
    '',
    `The comments, one by one: \`first-comment retract --order ${orderId}\`. Lift the order: \`first-comment resume ${orderId} --by … --why …\``,
  ].join('\n');
}

/** A table's cell must not be broken by what a person wrote. */
function tableSafe(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
