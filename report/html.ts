/** A piece of a page that is already safe: made by `html`, or written by us. */
export interface Safe {
  readonly safe: string;
}

type Value = string | number | Safe | readonly Safe[];

/** Builds a piece of a page. Whatever is put into it is escaped, unless it was built the same way. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Safe {
  return { safe: parts.reduce((page, part, at) => `${page}${at === 0 ? '' : written(values[at - 1] ?? '')}${part}`, '') };
}

/** For text that we wrote ourselves, such as a style sheet. */
export function trusted(text: string): Safe {
  return { safe: text };
}

function written(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(value);
  return 'safe' in value ? value.safe : value.map(({ safe }) => safe).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}
