import { html, type Markup } from '../html.ts';

const PATHS = {
  visible: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  hidden: 'M2 2l12 12M6.4 3.8Q7.2 3.5 8 3.5C12 3.5 14.5 8 14.5 8q-.8 1.4-2.1 2.6M4 5.2Q2.4 6.4 1.5 8S4 12.5 8 12.5q1.6 0 3-.7',
  pending: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 4.5V8l2.5 1.5',
  none: 'M3.5 8h9',
  heart: 'M8 13.5S1.5 9.8 1.5 5.6A3.3 3.3 0 0 1 8 4.4a3.3 3.3 0 0 1 6.5 1.2c0 4.2-6.5 7.9-6.5 7.9z',
  bubble: 'M8 13.2c3.6 0 6.5-2.4 6.5-5.4S11.6 2.4 8 2.4 1.5 4.8 1.5 7.8c0 1.5.700 2.8 1.9 3.8L3 14l2.7-1.1q1.1.3 2.3.3z',
  share: 'M14.5 1.5L7 9M14.5 1.5L9.8 14.5 7 9 1.5 6.2z',
  save: 'M3.5 1.8h9v12.4L8 10.8l-4.5 3.4z',
  play: 'M5 2.8v10.4L13 8z',
  globe: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM1.5 8h13M8 1.5q2.8 2.8 2.8 6.5T8 14.5M8 1.5Q5.2 4.3 5.2 8T8 14.5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  back: 'M10 2.5L4.5 8l5.5 5.5',
  on: 'M6 2.5L11.5 8 6 13.5',
} as const;
export type IconName = keyof typeof PATHS;

/** A small drawing beside words; it never stands for them alone. */
export function icon(name: IconName): Markup {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="${PATHS[name]}"/></svg>`;
}
