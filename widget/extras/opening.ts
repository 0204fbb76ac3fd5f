import { randomId } from '../random-id.ts';
import type { RapportOpenOptions } from '../rapport.d.ts';
import type { Store, View } from '../store.ts';
import type { VisitorActions } from '../visitor-actions.ts';

/** Longest text that a page may put into the message field. */
const maxPrefillChars = 2_000;

/** Opens the panel where the page wants it, with the words that it puts into an empty message field. */
export function openAt(store: Store, actions: VisitorActions, options: RapportOpenOptions): void {
  actions.openPanel(true);
  const { view: now } = store.get();
  const message = typeof options.message === 'string' ? options.message.slice(0, maxPrefillChars) : '';
  let view: View = now;
  if (options.view === 'conversations') view = { at: 'home' };
  else if (options.view === 'new') view = { at: 'draft', draftId: randomId() };
  // Also where it is there already: what becomes known of conversations now must not lead away from the words.
  if (message || view !== now) actions.show(view);
  if (!message || actions.draft(view).trim()) return;
  actions.setDraft(view, message);
  store.change({ prefilled: store.get().prefilled + 1 });
}
