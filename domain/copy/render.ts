import { MessageFormat } from 'messageformat';
import type { Market, SlotType } from '../brand.ts';
import { formatSlot } from './slot.ts';
import { readCopySource } from './source.ts';

export type Rendering = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

export interface RenderRequest {
  readonly source: string;
  readonly slots: Readonly<Record<string, SlotType>>;
  readonly market: Pick<Market, 'id' | 'currency' | 'values'>;
  /** The finished link; `null` for a copy that carries none. */
  readonly link: string | null;
}

/**
 * The exact text of a copy in a market. Strict: an unknown variable, a missing value, a value of another type, an unknown
 * function or any other complaint of the formatter is a problem, never a half-filled text.
 */
export function renderCopy(request: RenderRequest): Rendering {
  const source = readCopySource(request.source);
  if (!source.ok) return source;
  const values: Record<string, string> = Object.create(null);
  for (const name of source.variables) {
    const filled = fillSlot(name, request);
    if (!filled.ok) return filled;
    values[name] = filled.text;
  }
  return format(request, values);
}

function fillSlot(name: string, { slots, market, link }: RenderRequest): Rendering {
  const type = Object.hasOwn(slots, name) ? slots[name] : undefined;
  if (type === undefined) return { ok: false, problem: `{$${name}} is not a slot of the pattern` };
  if (type === 'link') return link === null ? { ok: false, problem: `{$${name}} needs a link` } : { ok: true, text: link };
  const value = Object.hasOwn(market.values, name) ? market.values[name] : undefined;
  if (value === undefined) return { ok: false, problem: `{$${name}} has no value in market ${market.id}` };
  if (value.type !== type) {
    return { ok: false, problem: `{$${name}} is a ${type} slot, but market ${market.id} gives it a ${value.type} value` };
  }
  try {
    return { ok: true, text: formatSlot(value, market) };
  } catch (error) {
    return { ok: false, problem: `{$${name}}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function format({ source, market }: RenderRequest, values: Record<string, string>): Rendering {
  const complaints: string[] = [];
  const message = new MessageFormat(market.id, source, { bidiIsolation: 'none' });
  const text = message.format(values, (error) => complaints.push(error instanceof Error ? error.message : String(error)));
  if (complaints.length > 0) return { ok: false, problem: complaints.join('; ') };
  if (text.trim() === '') return { ok: false, problem: 'the text is empty' };
  return { ok: true, text };
}
