import { shownTitleBadge as badge } from '../page/page-title.ts';

export interface TitleBadge {
  /** 0 gives the page its title back, to the character. */
  show(count: number): void;
}

/**
 * Puts `(2) ` before the title of the page. The page may change its title meanwhile, to another text or by another
 * element: what it sets last is its own title. A page without a title gets none.
 */
export function createTitleBadge(page: Document, guard: (run: () => void) => void): TitleBadge {
  let count = 0;
  /** As the page wrote it: `document.title` would tidy up the spaces. */
  let own = '';
  let shown: string | null = null;
  const observer = new MutationObserver(() => guard(keepUp));

  // Not `page.title`, which would take a title inside an SVG picture.
  const element = () => page.querySelector('head > title') ?? page.querySelector('title');

  function write(text: string | null) {
    const title = element();
    if (!title) return;
    shown = text;
    title.textContent = text ?? own;
    badge.shown = text === null ? '' : page.title;
  }

  function keepUp() {
    const title = element();
    if (!title || count === 0 || title.textContent === shown) return;
    own = title.textContent ?? '';
    badge.own = page.title;
    write(`(${count > 99 ? '99+' : count}) ${own}`);
  }

  return {
    show(next) {
      if (next === count) return;
      const wasShown = shown !== null;
      count = next;
      if (count === 0) {
        observer.disconnect();
        if (wasShown && element()?.textContent === shown) write(null);
        shown = null;
        badge.shown = '';
        return;
      }
      if (wasShown && element()?.textContent === shown) write(`(${count > 99 ? '99+' : count}) ${own}`);
      else keepUp();
      const { head } = page;
      if (head) observer.observe(head, { childList: true, characterData: true, subtree: true });
    },
  };
}
