import { formatAd } from '../domain/ad.ts';
import { tellNoSurfaces } from '../domain/placements.ts';
import { formatSurface } from '../domain/surface.ts';
import type { RunState } from '../workflows/messages.ts';
import type { Context } from './context.ts';
import { colouredOutcome, table } from './table.ts';
import { commandFor, waitsIn } from './wait-command.ts';

/** Prints how a run stands: JSON for machines, a short page for people. */
export function printState(context: Context, state: RunState): void {
  process.stdout.write(context.json ? `${JSON.stringify(state)}\n` : `${stateText(state)}\n`);
}

function stateText(state: RunState): string {
  const head = [
    `${formatAd(state.ad)}${state.adName ? ` – ${state.adName}` : ''}`,
    `  market   ${state.marketId ?? 'not decided'}`,
    `  pattern  ${state.patternId ?? 'not chosen'}`,
    `  stage    ${state.stage}`,
    `  outcome  ${state.outcome ? colouredOutcome(state.outcome) : 'not ended'}`,
    `  why      ${state.wait ? `${state.wait.reason}: ${state.wait.says}` : state.says}`,
    ...waitsIn(state).flatMap((wait) => {
      const command = commandFor(state.ad, wait);
      return command === null ? [] : [`  ends by  ${command}`];
    }),
  ];
  const surfaces = state.surfaces.flatMap((surface) => [
    '',
    `${formatSurface(surface.surface)}: ${surface.outcome ? colouredOutcome(surface.outcome) : surface.stage} – ${surface.says}`,
    ...(surface.text ? [`  “${surface.text}”`] : []),
    ...(surface.olderText ? ['  an older text stands: today another one would be written'] : []),
    ...(surface.commentId ? [`  comment ${surface.commentId} ${surface.permalink ?? ''}`] : []),
    ...(surface.rules.length > 0
      ? [
          indent(
            table(
              ['guardrail', 'verdict', 'why'],
              surface.rules.map((rule) => [rule.rule, rule.verdict, rule.says]),
            ),
          ),
        ]
      : []),
  ]);
  const none = tellNoSurfaces(state.unusable);
  return [...head, ...surfaces, ...(none.length > 0 ? ['', ...none] : [])].join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
