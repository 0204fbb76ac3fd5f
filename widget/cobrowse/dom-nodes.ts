/** Nodes of pages and of their frames. A file of its own: parts that are fetched later need no more than this. */

export type FormField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export const isElement = (node: Node | null): node is Element => node?.nodeType === 1;

/** By tag, not by class: elements of a frame have other classes than ours. */
export function isFormField(node: Node): node is FormField {
  if (!isElement(node)) return false;
  const tag = node.localName;
  return tag === 'input' || tag === 'textarea' || tag === 'select';
}

/** The node that this one stands in, across shadow roots and frames of the same origin. */
export function parentAcross(node: Node): Node | null {
  if (node.parentNode) return node.parentNode;
  if (node.nodeType === 11) return (node as ShadowRoot).host ?? null;
  try {
    return (node as Document).defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}
