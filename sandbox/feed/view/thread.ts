import type { FeedThread } from '../data/thread.ts';
import { html, type Markup } from '../html.ts';
import { comment, type Reading } from './comment.ts';
import { icon } from './icons.ts';
import { commentsInWords } from './words.ts';

/** Comments in an opened thread; whoever needs more asks the control API. */
const MOST = 30;

/** What stands under an ad before anybody taps: the first comment, and the way to the others. */
export function fold(thread: FeedThread | undefined, reading: Reading, missing: string): Markup {
  if (!thread) return html`<p class="quiet">${missing}</p>`;
  const [first] = thread.comments;
  if (!first) return html`<p class="quiet">${thread.closed ? 'Comments are turned off.' : 'No comments yet.'}</p>`;
  const shut = thread.comments.length === 1 ? 'View the whole comment' : `View all ${commentsInWords(thread.comments.length)}`;
  const way = whole(thread, reading, html`${shut}`);
  const preview = html`<div class="preview" data-key="${first.id}">${comment(first, reading)}</div>`;
  // Instagram writes the way to the thread above the first comment, Facebook below it.
  return reading.network === 'instagram' ? html`${way}${preview}${closed(thread)}` : html`${preview}${way}${closed(thread)}`;
}

/** In reels the thread waits behind a button. */
export function behindButton(thread: FeedThread, reading: Reading): Markup {
  const count = thread.comments.length;
  return whole(
    thread,
    reading,
    html`${icon('bubble')}<span>${count}</span><span class="sr">${count === 1 ? 'comment' : 'comments'}, open the thread</span>`,
  );
}

function whole(thread: FeedThread, reading: Reading, shut: Markup): Markup {
  const shown = thread.comments.slice(0, MOST);
  const rest = thread.comments.length - shown.length;
  return html`<details class="thread" data-key="thread-${thread.surfaceId}"><summary><span class="when-shut">${shut}</span><span class="when-open">Close</span></summary>
<div class="sheet" tabindex="0" role="group" aria-label="All comments"><p class="sheet-title">${commentsInWords(thread.comments.length)}</p>
${shown.length > 0 ? html`<ol>${shown.map((each) => html`<li data-key="${each.id}">${comment(each, reading)}</li>`)}</ol>` : html`<p class="quiet">No comments yet.</p>`}
${rest > 0 && html`<p class="quiet">and ${rest} more</p>`}${closed(thread)}</div></details>`;
}

function closed(thread: FeedThread): Markup | undefined {
  return thread.closed && thread.comments.length > 0 ? html`<p class="quiet">Comments are turned off.</p>` : undefined;
}
