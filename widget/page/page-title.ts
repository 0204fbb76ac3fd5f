/** What the widget has put in the place of the page's title, of which agents are not told. */
export const shownTitleBadge = { shown: '', own: '' };

/** The page's own title. */
export function ownTitle(page: { title: string }): string {
  const { shown, own } = shownTitleBadge;
  return shown !== '' && page.title === shown ? own : page.title;
}
