/** Markup that is already safe; everything else that meets `html` is escaped. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | readonly Markup[] | string | number | undefined | false;

/** Builds markup. Text is escaped; nested markup, lists of it and nothing (`undefined`, `false`) are put in as they are. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const written = strings.map((text, index) => text + (index < parts.length ? write(parts[index]) : ''));
  return { markup: written.join('') };
}

function write(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('');
}

function escapeText(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
