/**
 * What tells an element from the others around it, so that it is found again when the page has drawn it anew: its id,
 * else its words, else its place among its siblings.
 */
export interface ElementPrint {
  id: string;
  tag: string;
  words: string;
  /** From the root: which child of its parent each element is. */
  path: number[];
}

const maxWords = 80;
const wordsOf = (element: Element) =>
  (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, maxWords);

export function printOf(element: Element): ElementPrint {
  const path: number[] = [];
  for (let each: Element | null = element; each?.parentElement; each = each.parentElement) {
    path.unshift([...each.parentElement.children].indexOf(each));
  }
  return { id: element.id, tag: element.localName, words: wordsOf(element), path };
}

function alongPath(root: Document | ShadowRoot, path: readonly number[]): Element | null {
  let element: Element | null = root instanceof Document ? root.documentElement : root.firstElementChild;
  for (const index of path) element = element?.children[index] ?? null;
  return element;
}

/** The element that stands for it now; null when there is none, or no telling which. */
export function findPrint(root: Document | ShadowRoot, print: ElementPrint): Element | null {
  const byId = print.id === '' ? null : root.getElementById(print.id);
  if (byId?.localName === print.tag) return byId;
  const inPlace = alongPath(root, print.path);
  const isLike = (element: Element) => element.localName === print.tag && wordsOf(element) === print.words;
  if (inPlace && isLike(inPlace)) return inPlace;
  if (print.words !== '') {
    const alike = [...root.querySelectorAll(print.tag)].filter(isLike);
    if (alike.length === 1) return alike[0] ?? null;
  }
  return inPlace?.localName === print.tag ? inPlace : null;
}
