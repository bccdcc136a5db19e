import type { Brand } from '../../domain/brand.ts';
import type { PreviewedComment } from '../../domain/preview.ts';
import { SURFACE_KINDS } from '../../domain/surface.ts';
import { html, type Safe, trusted } from '../html.ts';
import { phoneOf } from './phone.ts';
import { STYLE } from './style.ts';
import { FOLD_WORDS, LINK_WORDS, SURFACE_WORDS } from './words.ts';

/**
 * The preview as one page that needs nothing else: no script, no font, no network (its own policy forbids all of it).
 * Patterns below each other, surfaces within, markets side by side; radio buttons narrow it down.
 */
export function previewPage(brand: Pick<Brand, 'name'>, comments: readonly PreviewedComment[]): string {
  const markets = distinct(comments.map(({ marketId }) => marketId));
  const patterns = distinct(comments.map(({ patternId }) => patternId));
  const kinds = SURFACE_KINDS.filter((kind) => comments.some((comment) => comment.kind === kind));
  const filters = [
    filter(
      'market',
      markets.map((id) => [id, id]),
    ),
    filter(
      'pattern',
      patterns.map((id) => [id, id]),
    ),
    filter(
      'surface',
      kinds.map((kind) => [kind, SURFACE_WORDS[kind]]),
    ),
  ];
  const approved = comments.filter(({ approval }) => approval.kind === 'approved').length;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>First comments of ${brand.name}</title>
<style>${trusted(STYLE)}${hidingRules('market', markets)}${hidingRules('pattern', patterns)}${hidingRules('surface', kinds)}</style>
</head>
<body>
<header>
<h1>First comments of ${brand.name}</h1>
<p>${comments.length} comments, ${approved} of them approved.</p>
<p class="soft">${FOLD_WORDS} ${LINK_WORDS}</p>
</header>
<form aria-label="What is shown">${filters}</form>
<main>
${patterns.map((pattern) =>
  sectionOf(
    pattern,
    comments.filter(({ patternId }) => patternId === pattern),
  ),
)}
</main>
</body>
</html>
`.safe;
}

function sectionOf(pattern: string, comments: readonly PreviewedComment[]): Safe {
  const rows = SURFACE_KINDS.flatMap((kind) => {
    const row = comments.filter((comment) => comment.kind === kind);
    return row.length === 0 ? [] : [{ kind, row }];
  });
  return html`<section data-pattern="${pattern}">
<h2>${pattern}</h2>
${rows.map(
  ({ kind, row }) => html`<div data-surface="${kind}">
<h3>${SURFACE_WORDS[kind]}</h3>
<div class="columns" tabindex="0" role="group" aria-label="${pattern}, ${SURFACE_WORDS[kind]}, by market">
${row.map(phoneOf)}
</div>
</div>
`,
)}
</section>
`;
}

function filter(what: string, choices: readonly (readonly [value: string, label: string])[]): Safe {
  if (choices.length < 2) return html``;
  const all = [['all', 'all'] as const, ...choices];
  return html`<fieldset><legend>${what}</legend>${all.map(
    ([value, label]) =>
      html`<label class="choice"><input type="radio" name="${what}" value="${value}"${value === 'all' ? html` checked` : html``}><span>${label}</span></label>`,
  )}</fieldset>`;
}

/** What is chosen hides all others. Ids are letters, digits and dashes (config/schemas), so they need no quoting in a selector. */
function hidingRules(what: string, ids: readonly string[]): Safe {
  const rules = ids.map(
    (id) =>
      `body:has(input[name="${what}"][value="${id}"]:checked) [data-${what}]:not([data-${what}="${id}"]) { display: none; }`,
  );
  return trusted(rules.join('\n'));
}

function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
