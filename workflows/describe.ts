import { setCurrentDetails } from '@temporalio/workflow';
import { formatAd } from '../domain/ad.ts';
import { tellNoSurfaces } from '../domain/placements.ts';
import { formatSurface } from '../domain/surface.ts';
import type { RunState, SurfaceState } from './messages.ts';
import { type Run, viewOf } from './run.ts';

/** Shows the run as it stands in the Temporal UI's "current details". Costs no history event. */
export function showDetails(run: Run): void {
  setCurrentDetails(describe(viewOf(run)));
}

/** Markdown that tells an operator who knows nothing of the code which ad this is and how it stands. */
export function describe(state: RunState): string {
  const head = [
    `## ${state.outcome ?? (state.wait ? state.wait.reason : `stage: ${state.stage}`)}`,
    '',
    state.wait ? `**Waits:** ${state.wait.says}${state.wait.until ? ` (until ${state.wait.until})` : ''}` : state.says,
    '',
    `| ad | ${tableSafe(state.adName ?? '')} \`${formatAd(state.ad)}\` |`,
    '|---|---|',
    `| market | ${state.marketId ?? 'not decided'} |`,
    `| pattern | ${state.patternId ?? 'not chosen'} |`,
    `| stage | ${state.stage} |`,
  ];
  const none = tellNoSurfaces(state.unusable).map(tableSafe);
  return [...head, ...state.surfaces.flatMap(describeSurface), ...none.flatMap((line) => ['', line])].join('\n');
}

const OLDER_TEXT = 'An older text stands: today another one would be written.';

function describeSurface(surface: SurfaceState): string[] {
  const lines = [
    '',
    `### ${formatSurface(surface.surface)}: ${surface.outcome ?? surface.stage}`,
    '',
    surface.permalink ? `[open on the platform](${surface.permalink})` : '',
    '',
    `> ${surface.text ? tableSafe(surface.text).replaceAll('\n', '\n> ') : '(no text)'}`,
    '',
    surface.says,
  ];
  if (surface.olderText) lines.push('', OLDER_TEXT);
  if (surface.link) lines.push('', `Link: \`${surface.link}\``);
  if (surface.commentId)
    lines.push('', `Comment \`${surface.commentId}\`${surface.rank ? `, place ${surface.rank.rank} of ${surface.rank.of}` : ''}`);
  if (surface.rules.length > 0) {
    lines.push('', '| guardrail | verdict | why |', '|---|---|---|');
    lines.push(...surface.rules.map((rule) => `| ${rule.rule} | ${rule.verdict} | ${tableSafe(rule.says)} |`));
  }
  return lines;
}

/** Table cells and quotes must not be broken by an ad's name or a text. */
function tableSafe(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
