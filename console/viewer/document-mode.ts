import { mathTags } from './node-rules.ts';

const mathSpace = 'http://www.w3.org/1998/Math/MathML';

/** How a browser lays out a document: as it is written today, almost so, or as in the nineties. */
export type DocumentMode = 'standards' | 'almost' | 'quirks';

const doctypes: Record<DocumentMode, string> = {
  standards: '<!DOCTYPE html>',
  almost:
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
  quirks: '',
};

/**
 * The Replayer opens a document, fills it and never closes it: its mode stays that of an empty page, and the time of SVG
 * never begins. From here on an opened document is one that has been read to its end, empty and of this mode.
 */
export function openIn(mode: DocumentMode, page: Document | null): void {
  if (!page) return;
  const base = page.constructor.prototype as Document;
  /** rrweb knows two namespaces; MathML is the third. */
  Object.defineProperty(page, 'createElement', {
    configurable: true,
    value: (tag: string, options?: ElementCreationOptions) =>
      mathTags.has(tag.toLowerCase())
        ? page.createElementNS(mathSpace, tag)
        : base.createElement.call(page, tag, options),
  });
  Object.defineProperty(page, 'open', {
    configurable: true,
    value: () => {
      (base.open as () => Document).call(page);
      if (mode !== 'quirks') base.write.call(page, doctypes[mode]);
      base.close.call(page);
      page.replaceChildren();
      return page;
    },
  });
}
